package dev.boreal.queryprocessor.type;

/** Values behind their lengths, where the length is known only once the value is written. */
final class Lengths {
    private Lengths() {}

    /** Sets the four bytes at {@code at} to how many bytes follow them. */
    static void patch(ByteWriter out, int at) {
        byte[] buffer = out.buffer();
        int length = out.length() - at - 4;
        buffer[at] = (byte) (length >>> 24);
        buffer[at + 1] = (byte) (length >>> 16);
        buffer[at + 2] = (byte) (length >>> 8);
        buffer[at + 3] = (byte) length;
    }

    static void encodeField(SqlType type, @org.jspecify.annotations.Nullable Object value, ByteWriter out) {
        int at = out.length();
        out.writeInt(-1);
        if (value != null) {
            type.encodeField(value, out);
            patch(out, at);
        }
    }
}
