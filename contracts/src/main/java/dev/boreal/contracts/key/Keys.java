package dev.boreal.contracts.key;

import java.util.Arrays;

/** Order and small operations on keys. A key is a byte string that compares as unsigned bytes, a prefix first. */
public final class Keys {
    public static final byte[] EMPTY = new byte[0];

    private Keys() {}

    public static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    public static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        return Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
    }

    /** The least key greater than {@code key}: the key with a zero byte behind it. */
    public static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /**
     * The least key that is greater than every key that starts with {@code prefix}; empty, which as the end of a
     * {@link KeyRange} means "no end", if there is none.
     */
    public static byte[] prefixEnd(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xff) {
                byte[] end = Arrays.copyOf(prefix, i + 1);
                end[i]++;
                return end;
            }
        }
        return EMPTY;
    }

    public static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
