package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** bytea. */
final class BytesType extends BasicType {
    private static final HexFormat HEX = HexFormat.of();

    BytesType() {
        super(17, "bytea", "bytea", -1, 'U', false, 1001);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return text.startsWith("\\x") ? parseHex(text) : parseEscaped(text);
    }

    private static byte[] parseHex(String text) {
        byte[] bytes = new byte[text.length() / 2];
        int count = 0;
        for (int i = 2; i < text.length(); ) {
            if (Whitespace.is(text.charAt(i))) {
                i++;
                continue;
            }
            int high = hexDigit(text, i++);
            if (i >= text.length()) {
                throw new SqlException(
                        SqlState.INVALID_PARAMETER_VALUE, "invalid hexadecimal data: odd number of digits");
            }
            bytes[count++] = (byte) (high << 4 | hexDigit(text, i++));
        }
        return Arrays.copyOf(bytes, count);
    }

    private static int hexDigit(String text, int index) {
        char c = text.charAt(index);
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "invalid hexadecimal digit: \"" + Character.toString(text.codePointAt(index)) + "\"");
        }
        return digit;
    }

    private byte[] parseEscaped(String text) {
        byte[] input = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[input.length];
        int count = 0;
        for (int i = 0; i < input.length; ) {
            if (input[i] != '\\') {
                bytes[count++] = input[i++];
            } else if (i + 1 < input.length && input[i + 1] == '\\') {
                bytes[count++] = '\\';
                i += 2;
            } else if (i + 3 < input.length
                    && isOctal(input[i + 1], 3)
                    && isOctal(input[i + 2], 7)
                    && isOctal(input[i + 3], 7)) {
                bytes[count++] = (byte) ((input[i + 1] - '0') << 6 | (input[i + 2] - '0') << 3 | (input[i + 3] - '0'));
                i += 4;
            } else {
                throw new SqlException(
                        SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type " + sqlName());
            }
        }
        return Arrays.copyOf(bytes, count);
    }

    private static boolean isOctal(byte b, int max) {
        return b >= '0' && b <= '0' + max;
    }

    @Override
    public String format(Object value, TypeContext context) {
        byte[] bytes = (byte[]) value;
        if (context.byteaHex()) {
            return HEX.formatHex(new StringBuilder(2 + 2 * bytes.length).append("\\x"), bytes)
                    .toString();
        }
        StringBuilder out = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b == '\\') {
                out.append("\\\\");
            } else if (b < 0x20 || b > 0x7e) {
                out.append('\\')
                        .append((char) ('0' + ((b & 0xff) >> 6)))
                        .append((char) ('0' + ((b >> 3) & 7)))
                        .append((char) ('0' + (b & 7)));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        byte[] bytes = (byte[]) value;
        sink.field(bytes, 0, bytes.length);
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        return Arrays.copyOfRange(buffer, offset, offset + count);
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        out.writeBytes((byte[]) value);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return Arrays.copyOfRange(buffer, offset, offset + count);
    }

    @Override
    public boolean fieldOrdered() {
        return true;
    }

    /** A zero byte becomes 00 FF; 00 01 ends the value. */
    @Override
    public void encodeKey(Object value, ByteWriter out) {
        for (byte b : (byte[]) value) {
            out.writeByte(b);
            if (b == 0) {
                out.writeByte(0xff);
            }
        }
        out.writeByte(0);
        out.writeByte(1);
    }

    @Override
    public int compare(Object a, Object b) {
        return Arrays.compareUnsigned((byte[]) a, (byte[]) b);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of((byte[]) value);
    }
}
