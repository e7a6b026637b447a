package dev.boreal.pgwire.message;

import dev.boreal.contracts.sql.FieldDescription;
import dev.boreal.contracts.sql.SqlError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes what a client is told. Each method appends one whole message to the buffer; {@link #begin} and {@link #end}
 * frame those that are written piece by piece.
 */
public final class BackendMessage {
    public static final byte DATA_ROW = 'D';

    private static final byte AUTHENTICATION = 'R';
    private static final int AUTHENTICATION_OK = 0;
    private static final int AUTHENTICATION_SASL = 10;
    private static final int AUTHENTICATION_SASL_CONTINUE = 11;
    private static final int AUTHENTICATION_SASL_FINAL = 12;

    private BackendMessage() {}

    /** Begins a message; what it returns goes to {@link #end}. */
    public static int begin(ByteBuf out, byte type) {
        out.writeByte(type);
        int lengthAt = out.writerIndex();
        out.writeInt(0);
        return lengthAt;
    }

    public static void end(ByteBuf out, int lengthAt) {
        out.setInt(lengthAt, out.writerIndex() - lengthAt);
    }

    /** A message of type and length alone. */
    public static void empty(ByteBuf out, char type) {
        out.writeByte(type);
        out.writeInt(Integer.BYTES);
    }

    public static void readyForQuery(ByteBuf out, byte transactionStatus) {
        out.writeByte('Z');
        out.writeInt(Integer.BYTES + 1);
        out.writeByte(transactionStatus);
    }

    public static void authenticationOk(ByteBuf out) {
        authentication(out, AUTHENTICATION_OK, "");
    }

    /** Offers one SASL mechanism. */
    public static void authenticationSasl(ByteBuf out, String mechanism) {
        authentication(out, AUTHENTICATION_SASL, mechanism + "\0\0");
    }

    public static void authenticationSaslContinue(ByteBuf out, String data) {
        authentication(out, AUTHENTICATION_SASL_CONTINUE, data);
    }

    public static void authenticationSaslFinal(ByteBuf out, String data) {
        authentication(out, AUTHENTICATION_SASL_FINAL, data);
    }

    private static void authentication(ByteBuf out, int code, String data) {
        int message = begin(out, AUTHENTICATION);
        out.writeInt(code);
        ByteBufUtil.writeUtf8(out, data);
        end(out, message);
    }

    public static void negotiateProtocolVersion(ByteBuf out, int version, List<String> unknownOptions) {
        int message = begin(out, (byte) 'v');
        out.writeInt(version);
        out.writeInt(unknownOptions.size());
        for (String option : unknownOptions) {
            text(out, option);
        }
        end(out, message);
    }

    public static void backendKeyData(ByteBuf out, int processId, int secretKey) {
        int message = begin(out, (byte) 'K');
        out.writeInt(processId);
        out.writeInt(secretKey);
        end(out, message);
    }

    public static void parameterStatus(ByteBuf out, String name, String value) {
        int message = begin(out, (byte) 'S');
        text(out, name);
        text(out, value);
        end(out, message);
    }

    public static void commandComplete(ByteBuf out, String tag) {
        int message = begin(out, (byte) 'C');
        text(out, tag);
        end(out, message);
    }

    public static void rowDescription(ByteBuf out, List<FieldDescription> fields) {
        int message = begin(out, (byte) 'T');
        out.writeShort(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            FieldDescription field = fields.get(i);
            text(out, field.name());
            out.writeInt(field.tableOid());
            out.writeShort(field.columnNumber());
            out.writeInt(field.typeOid());
            out.writeShort(field.typeSize());
            out.writeInt(field.typeModifier());
            out.writeShort(field.format());
        }
        end(out, message);
    }

    public static void parameterDescription(ByteBuf out, int[] typeOids) {
        int message = begin(out, (byte) 't');
        out.writeShort(typeOids.length);
        for (int oid : typeOids) {
            out.writeInt(oid);
        }
        end(out, message);
    }

    /** CopyInResponse ('G') or CopyOutResponse ('H'). */
    public static void copyResponse(ByteBuf out, char type, boolean binary, short[] columnFormats) {
        int message = begin(out, (byte) type);
        out.writeByte(binary ? 1 : 0);
        out.writeShort(columnFormats.length);
        for (short format : columnFormats) {
            out.writeShort(format);
        }
        end(out, message);
    }

    public static void copyData(ByteBuf out, byte[] bytes, int offset, int length) {
        out.writeByte('d');
        out.writeInt(Integer.BYTES + length);
        out.writeBytes(bytes, offset, length);
    }

    /** ErrorResponse, or NoticeResponse for what is less than an error. */
    public static void errorOrNotice(ByteBuf out, SqlError error) {
        boolean isError = error.severity() == SqlError.Severity.ERROR || error.severity() == SqlError.Severity.FATAL;
        int message = begin(out, (byte) (isError ? 'E' : 'N'));
        field(out, 'S', error.severity().name());
        field(out, 'V', error.severity().name());
        field(out, 'C', error.sqlState());
        field(out, 'M', error.message());
        field(out, 'D', error.detail());
        field(out, 'H', error.hint());
        if (error.position() > 0) {
            field(out, 'P', Integer.toString(error.position()));
        }
        field(out, 'W', error.where());
        field(out, 's', error.schema());
        field(out, 't', error.table());
        field(out, 'c', error.column());
        field(out, 'd', error.dataType());
        field(out, 'n', error.constraint());
        out.writeByte(0);
        end(out, message);
    }

    private static void field(ByteBuf out, char code, @Nullable String value) {
        if (value != null) {
            out.writeByte(code);
            text(out, value);
        }
    }

    /** A zero inside would end the text early and shift all that follows, so the text ends there. */
    private static void text(ByteBuf out, String text) {
        int zero = text.indexOf('\0');
        ByteBufUtil.writeUtf8(out, zero < 0 ? text : text.substring(0, zero));
        out.writeByte(0);
    }
}
