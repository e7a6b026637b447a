package dev.boreal.contracts.key;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The keys {@code from <= key < to} in unsigned byte order. An empty {@code from} is the beginning, an empty
 * {@code to} means that the range has no end. The arrays are shared, not copied: nobody changes them.
 */
public record KeyRange(byte[] from, byte[] to) {
    public static final KeyRange ALL = new KeyRange(Keys.EMPTY, Keys.EMPTY);

    /** Every key that starts with {@code prefix}. */
    public static KeyRange ofPrefix(byte[] prefix) {
        return new KeyRange(prefix, Keys.prefixEnd(prefix));
    }

    /** Just the one key. */
    public static KeyRange ofKey(byte[] key) {
        return new KeyRange(key, Keys.successor(key));
    }

    public boolean contains(byte[] key) {
        return contains(key, 0, key.length);
    }

    public boolean contains(byte[] buffer, int offset, int length) {
        return Keys.compare(from, 0, from.length, buffer, offset, offset + length) <= 0
                && (to.length == 0 || Keys.compare(buffer, offset, offset + length, to, 0, to.length) < 0);
    }

    public boolean covers(KeyRange other) {
        return Keys.compare(from, other.from) <= 0
                && (to.length == 0 || (other.to.length != 0 && Keys.compare(other.to, to) <= 0));
    }

    public boolean overlaps(KeyRange other) {
        return (to.length == 0 || Keys.compare(other.from, to) < 0)
                && (other.to.length == 0 || Keys.compare(from, other.to) < 0);
    }

    public boolean isEmpty() {
        return to.length != 0 && Keys.compare(from, to) >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRange that && Arrays.equals(from, that.from) && Arrays.equals(to, that.to);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return "[" + hex.formatHex(from) + ", " + (to.length == 0 ? "∞" : hex.formatHex(to)) + ")";
    }
}
