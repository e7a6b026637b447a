package dev.boreal.contracts.row;

import dev.boreal.contracts.Varint;

/**
 * The layout of a stored row: fields one behind another, each {@code varint(length + 1) | bytes}, or a single zero
 * byte for NULL. A field beyond the end of the row is missing: it was added to the table after the row was written, and
 * the query processor knows what stands there.
 *
 * <p>Storage walks rows without knowing types. Where the query processor encodes a type so that unsigned byte order,
 * shorter first, is the type's order, it may push comparisons on it down as {@link Predicate}s.
 */
public final class RowFormat {
    /** A field that holds NULL. */
    public static final int NULL = -1;
    /** A field behind the end of the row. */
    public static final int MISSING = -2;

    private RowFormat() {}

    /** Walks the fields of one row after another without allocating. Not thread-safe. */
    public static final class Cursor {
        private byte[] buffer = new byte[0];
        private int start;
        private int next;
        private int end;
        private int field;
        private int fieldOffset;
        private int fieldLength;

        public Cursor reset(byte[] row, int offset, int length) {
            buffer = row;
            start = offset;
            next = offset;
            end = offset + length;
            field = -1;
            return this;
        }

        public byte[] buffer() {
            return buffer;
        }

        /**
         * Goes to field {@code index} (from 0), from the start of the row if it lies behind, and returns its length,
         * {@link #NULL} or {@link #MISSING}; {@link #offset()} then tells where it begins.
         */
        public int seek(int index) {
            if (index < field) {
                next = start;
                field = -1;
            }
            while (field < index) {
                if (next >= end) {
                    return MISSING;
                }
                int prefix = Varint.get(buffer, next);
                fieldOffset = next + Varint.length(prefix);
                fieldLength = prefix - 1;
                next = fieldLength < 0 ? fieldOffset : fieldOffset + fieldLength;
                field++;
            }
            return fieldLength;
        }

        /** Where the field of the last {@link #seek} begins in {@link #buffer()}. */
        public int offset() {
            return fieldOffset;
        }
    }

    /** The bytes that a field of {@code length} bytes takes in a row. */
    public static int fieldSize(int length) {
        return Varint.length(length + 1) + length;
    }

    /** Writes a field and returns the offset behind it. */
    public static int putField(byte[] row, int at, byte[] value, int offset, int length) {
        int behind = Varint.put(row, at, length + 1);
        System.arraycopy(value, offset, row, behind, length);
        return behind + length;
    }

    /** Writes a NULL field and returns the offset behind it. */
    public static int putNull(byte[] row, int at) {
        row[at] = 0;
        return at + 1;
    }
}
