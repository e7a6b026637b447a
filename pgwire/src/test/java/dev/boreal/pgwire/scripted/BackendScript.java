package dev.boreal.pgwire.scripted;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Turns a server's message into a readable line; throws if it is not well formed. */
public final class BackendScript {
    private BackendScript() {}

    public static String decode(char type, byte[] bytes) {
        ByteBuffer body = ByteBuffer.wrap(bytes);
        String line = switch (type) {
            case 'R' -> authentication(body);
            case 'S' -> "ParameterStatus " + text(body) + "=" + text(body);
            case 'K' -> "BackendKeyData " + body.getInt() + " " + body.getInt();
            case 'Z' -> "ReadyForQuery " + (char) body.get();
            case 'C' -> "CommandComplete " + text(body);
            case 'T' -> rowDescription(body);
            case 'D' -> dataRow(body);
            case 't' -> parameterDescription(body);
            case '1' -> "ParseComplete";
            case '2' -> "BindComplete";
            case '3' -> "CloseComplete";
            case 'n' -> "NoData";
            case 'I' -> "EmptyQueryResponse";
            case 's' -> "PortalSuspended";
            case 'E' -> "ErrorResponse" + fields(body);
            case 'N' -> "NoticeResponse" + fields(body);
            case 'G' -> "CopyInResponse" + copyFormats(body);
            case 'H' -> "CopyOutResponse" + copyFormats(body);
            case 'd' -> "CopyData " + rest(body).replace("\n", "\\n");
            case 'c' -> "CopyDone";
            case 'v' -> negotiation(body);
            default -> throw new IllegalArgumentException("message type " + type);
        };
        if (body.hasRemaining()) {
            throw new IllegalArgumentException(body.remaining() + " bytes behind " + line);
        }
        return line;
    }

    private static String authentication(ByteBuffer body) {
        int code = body.getInt();
        return switch (code) {
            case 0 -> "AuthenticationOk";
            case 10 -> "AuthenticationSASL " + text(body) + text(body);
            case 11 -> "AuthenticationSASLContinue " + rest(body);
            case 12 -> "AuthenticationSASLFinal " + rest(body);
            default -> throw new IllegalArgumentException("authentication " + code);
        };
    }

    private static String rowDescription(ByteBuffer body) {
        StringBuilder line = new StringBuilder("RowDescription");
        int count = body.getShort();
        for (int i = 0; i < count; i++) {
            line.append(' ').append(text(body));
            body.getInt();
            body.getShort();
            line.append(':').append(body.getInt());
            body.getShort();
            body.getInt();
            line.append(body.getShort() == 1 ? ":binary" : "");
        }
        return line.toString();
    }

    private static String dataRow(ByteBuffer body) {
        StringBuilder line = new StringBuilder("DataRow");
        int count = body.getShort();
        for (int i = 0; i < count; i++) {
            int length = body.getInt();
            line.append(' ');
            if (length < 0) {
                line.append("NULL");
                continue;
            }
            byte[] value = new byte[length];
            body.get(value);
            String text = new String(value, StandardCharsets.UTF_8);
            boolean printable = text.chars().allMatch(c -> c >= ' ');
            line.append(printable ? text : "x" + HexFormat.of().formatHex(value));
        }
        return line.toString();
    }

    private static String parameterDescription(ByteBuffer body) {
        StringBuilder line = new StringBuilder("ParameterDescription");
        int count = body.getShort();
        for (int i = 0; i < count; i++) {
            line.append(' ').append(body.getInt());
        }
        return line.toString();
    }

    private static String fields(ByteBuffer body) {
        StringBuilder line = new StringBuilder();
        for (char code = (char) body.get(); code != 0; code = (char) body.get()) {
            String value = text(body);
            if (code != 'V') {
                line.append(' ').append(code).append('=').append(value);
            }
        }
        return line.toString();
    }

    private static String copyFormats(ByteBuffer body) {
        StringBuilder line = new StringBuilder(body.get() == 1 ? " binary" : " text");
        int count = body.getShort();
        for (int i = 0; i < count; i++) {
            line.append(' ').append(body.getShort());
        }
        return line.toString();
    }

    private static String negotiation(ByteBuffer body) {
        StringBuilder line = new StringBuilder("NegotiateProtocolVersion ");
        line.append(body.getShort()).append('.').append(body.getShort());
        int count = body.getInt();
        for (int i = 0; i < count; i++) {
            line.append(' ').append(text(body));
        }
        return line.toString();
    }

    private static String text(ByteBuffer body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte each = body.get(); each != 0; each = body.get()) {
            text.write(each);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String rest(ByteBuffer body) {
        byte[] rest = new byte[body.remaining()];
        body.get(rest);
        return new String(rest, StandardCharsets.UTF_8);
    }
}
