package dev.boreal.pgwire.message;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** The body of a Bind. One is reused from message to message; what it hands out as an array is fresh or constant. */
public final class BindMessage {
    private static final short[] NO_FORMATS = {};
    private static final short[] ALL_TEXT = {0};
    private static final short[] ALL_BINARY = {1};
    private static final int[] NONE = {};
    private static final byte[] NO_BYTES = {};

    /** A buffer above this size is given up after the message, so that an idle connection holds little. */
    private static final int KEPT_BYTES = 1024;

    private String portal = "";
    private String statement = "";
    private short[] formats = NO_FORMATS;
    private byte[] values = NO_BYTES;
    private int[] offsets = NONE;
    private int[] lengths = NONE;
    private short[] resultFormats = NO_FORMATS;

    /** @throws SqlException 08P01 if it is malformed, 22023 for a format that is neither text nor binary */
    public void read(MessageBody body) {
        portal = body.readText();
        statement = body.readText();
        short[] given = readFormats(body);
        int count = body.readShort();
        if (given.length > 1 && given.length != count) {
            throw new SqlException(
                    SqlState.PROTOCOL_VIOLATION,
                    "bind message has " + given.length + " parameter formats but " + count + " parameters");
        }
        formats = given.length > 1 && isUniform(given) ? constant(given[0]) : given;
        readValues(body, count);
        resultFormats = readFormats(body);
        body.finish();
    }

    private void readValues(MessageBody body, int count) {
        if (count == 0) {
            offsets = NONE;
            lengths = NONE;
            return;
        }
        offsets = new int[count];
        lengths = new int[count];
        int start = body.position();
        for (int i = 0; i < count; i++) {
            int length = body.readInt();
            offsets[i] = body.position() - start;
            lengths[i] = length;
            if (length != -1) {
                body.skip(length);
            }
        }
        int total = body.position() - start;
        if (values.length < total) {
            values = new byte[Math.max(total, 64)];
        }
        body.returnTo(start);
        body.readBytes(values, 0, total);
    }

    private static short[] readFormats(MessageBody body) {
        int count = body.readShort();
        if (count == 0) {
            return NO_FORMATS;
        }
        if (count == 1) {
            return constant(readFormat(body));
        }
        if (body.remaining() < count * Short.BYTES) {
            body.skip(count * Short.BYTES);
        }
        short[] formats = new short[count];
        for (int i = 0; i < count; i++) {
            formats[i] = readFormat(body);
        }
        return formats;
    }

    private static short readFormat(MessageBody body) {
        short format = (short) body.readShort();
        if (format != 0 && format != 1) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "unsupported format code: " + format);
        }
        return format;
    }

    private static short[] constant(short format) {
        return format == 0 ? ALL_TEXT : ALL_BINARY;
    }

    private static boolean isUniform(short[] formats) {
        for (short format : formats) {
            if (format != formats[0]) {
                return false;
            }
        }
        return true;
    }

    /** Lets go of a large buffer. */
    public void release() {
        if (values.length > KEPT_BYTES) {
            values = NO_BYTES;
        }
    }

    public String portal() {
        return portal;
    }

    public String statement() {
        return statement;
    }

    public short[] formats() {
        return formats;
    }

    /** Holds the values; the next message overwrites it. */
    public byte[] values() {
        return values;
    }

    public int[] offsets() {
        return offsets;
    }

    public int[] lengths() {
        return lengths;
    }

    public short[] resultFormats() {
        return resultFormats;
    }
}
