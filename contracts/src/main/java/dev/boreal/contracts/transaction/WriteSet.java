package dev.boreal.contracts.transaction;

import dev.boreal.contracts.Varint;
import java.util.Arrays;

/**
 * The writes of a transaction, or of a chunk of one, as one run of bytes that the query processor writes once, the
 * journal keeps as it is and storage walks. Each write is
 *
 * <pre>kind: 1 byte ({@link WriteKind}) | key length: varint | key | value length: varint | value</pre>
 *
 * in ascending order of keys, each key at most once ({@code PURGE} aside, which may come anywhere). A DELETE has an
 * empty value. A write set is a window into a larger array; nobody changes the array.
 */
public record WriteSet(byte[] buffer, int offset, int length) {
    public static final WriteSet EMPTY = new WriteSet(new byte[0], 0, 0);

    public WriteSet {
        if (offset < 0 || length < 0 || length > buffer.length - offset) {
            throw new IllegalArgumentException("window " + offset + "+" + length + " of " + buffer.length);
        }
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public Cursor cursor() {
        return new Cursor(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WriteSet that
                && Arrays.equals(buffer, offset, offset + length, that.buffer, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + buffer[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return "WriteSet[" + length + " bytes]";
    }

    /** Walks the writes without allocating. Not thread-safe. A malformed set throws IllegalArgumentException. */
    public static final class Cursor {
        private final byte[] buffer;
        private final int end;
        private int next;
        private WriteKind kind = WriteKind.PUT;
        private int keyOffset;
        private int keyLength;
        private int valueOffset;
        private int valueLength;

        private Cursor(WriteSet set) {
            buffer = set.buffer;
            next = set.offset;
            end = set.offset + set.length;
        }

        public boolean advance() {
            if (next >= end) {
                return false;
            }
            try {
                kind = WriteKind.ofCode(buffer[next]);
                keyLength = Varint.get(buffer, next + 1);
                keyOffset = next + 1 + Varint.length(keyLength);
                int behindKey = Math.addExact(keyOffset, keyLength);
                valueLength = Varint.get(buffer, behindKey);
                valueOffset = behindKey + Varint.length(valueLength);
                next = Math.addExact(valueOffset, valueLength);
            } catch (ArrayIndexOutOfBoundsException | ArithmeticException e) {
                throw new IllegalArgumentException("write set is cut at byte " + next, e);
            }
            if (next > end) {
                throw new IllegalArgumentException("write set ends inside a write");
            }
            return true;
        }

        public WriteKind kind() {
            return kind;
        }

        public byte[] buffer() {
            return buffer;
        }

        public int keyOffset() {
            return keyOffset;
        }

        public int keyLength() {
            return keyLength;
        }

        public int valueOffset() {
            return valueOffset;
        }

        public int valueLength() {
            return valueLength;
        }

        public byte[] key() {
            return Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
        }

        public byte[] value() {
            return Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength);
        }
    }

    /** Builds a write set in one growing array. Not thread-safe; the caller adds keys in ascending order. */
    public static final class Builder {
        private byte[] buffer;
        private int length;

        public Builder(int expectedBytes) {
            buffer = new byte[Math.max(64, expectedBytes)];
        }

        public Builder put(byte[] key, byte[] value) {
            return add(WriteKind.PUT, key, 0, key.length, value, 0, value.length);
        }

        public Builder delete(byte[] key) {
            return add(WriteKind.DELETE, key, 0, key.length, key, 0, 0);
        }

        public Builder purge(byte[] from, byte[] to) {
            return add(WriteKind.PURGE, from, 0, from.length, to, 0, to.length);
        }

        public Builder add(
                WriteKind kind,
                byte[] key,
                int keyOffset,
                int keyLength,
                byte[] value,
                int valueOffset,
                int valueLength) {
            long needed = (long) length + 1 + 2 * Varint.MAX_LENGTH + keyLength + valueLength;
            if (needed > buffer.length) {
                grow(needed);
            }
            buffer[length] = (byte) kind.ordinal();
            int at = Varint.put(buffer, length + 1, keyLength);
            System.arraycopy(key, keyOffset, buffer, at, keyLength);
            at = Varint.put(buffer, at + keyLength, valueLength);
            System.arraycopy(value, valueOffset, buffer, at, valueLength);
            length = at + valueLength;
            return this;
        }

        private void grow(long needed) {
            if (needed > Integer.MAX_VALUE - 16) {
                throw new IllegalArgumentException("a write set holds at most 2 GiB; send the rest in chunks");
            }
            buffer =
                    Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * buffer.length)));
        }

        public int length() {
            return length;
        }

        /** The set built so far, sharing the builder's array: add nothing afterwards, or {@link #reset} first. */
        public WriteSet build() {
            return new WriteSet(buffer, 0, length);
        }

        /** Starts again in a new array. */
        public void reset() {
            buffer = new byte[buffer.length];
            length = 0;
        }
    }
}
