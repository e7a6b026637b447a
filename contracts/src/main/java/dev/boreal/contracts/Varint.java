package dev.boreal.contracts;

/** Unsigned LEB128 of non-negative {@code int}s, the length prefix of every layout here: 1 to 5 bytes. */
public final class Varint {
    public static final int MAX_LENGTH = 5;

    private Varint() {}

    public static int length(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    /** Writes {@code value} at {@code offset} and returns the offset behind it. */
    public static int put(byte[] buffer, int offset, int value) {
        int at = offset;
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
        return at;
    }

    /** The value at {@code offset}; it takes {@link #length} of itself bytes, since encodings are minimal. */
    public static int get(byte[] buffer, int offset) {
        int first = buffer[offset];
        if (first >= 0) {
            return first;
        }
        int value = first & 0x7f;
        for (int shift = 7, at = offset + 1; ; shift += 7, at++) {
            int next = buffer[at];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
            if (shift >= 28) {
                throw new IllegalArgumentException("length prefix of more than five bytes at " + offset);
            }
        }
    }
}
