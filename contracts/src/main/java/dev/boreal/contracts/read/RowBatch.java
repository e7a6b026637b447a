package dev.boreal.contracts.read;

import dev.boreal.contracts.Varint;
import dev.boreal.contracts.row.RowFormat;
import java.util.Arrays;

/**
 * Rows that answer a scan: keys and values one behind another in one array. One thread fills it, then one thread reads
 * it; the reader passes it back to be filled again, so that a scan allocates nothing per row. Offsets and lengths stay
 * true until the next {@link #clear}.
 */
public final class RowBatch {
    private byte[] data = new byte[16 << 10];
    private int used;
    /** Per row: key offset, key length, value offset, value length. */
    private int[] slots = new int[4 * 64];

    private int rows;

    public void clear() {
        used = 0;
        rows = 0;
    }

    public int rows() {
        return rows;
    }

    /** Bytes of keys and values held. */
    public int bytes() {
        return used;
    }

    public byte[] data() {
        return data;
    }

    public int keyOffset(int row) {
        return slots[4 * row];
    }

    public int keyLength(int row) {
        return slots[4 * row + 1];
    }

    public int valueOffset(int row) {
        return slots[4 * row + 2];
    }

    public int valueLength(int row) {
        return slots[4 * row + 3];
    }

    public byte[] key(int row) {
        return Arrays.copyOfRange(data, keyOffset(row), keyOffset(row) + keyLength(row));
    }

    public byte[] value(int row) {
        return Arrays.copyOfRange(data, valueOffset(row), valueOffset(row) + valueLength(row));
    }

    /** Adds a whole row. A scan without keys passes {@code keyLength} 0. */
    public void add(byte[] key, int keyOffset, int keyLength, byte[] value, int valueOffset, int valueLength) {
        beginRow(key, keyOffset, keyLength, valueLength);
        System.arraycopy(value, valueOffset, data, used, valueLength);
        used += valueLength;
        endRow();
    }

    /** Adds a row of just the fields in {@code projection} (ascending) of the row under the cursor. */
    public void addProjected(
            byte[] key, int keyOffset, int keyLength, RowFormat.Cursor row, int rowLength, int[] projection) {
        beginRow(key, keyOffset, keyLength, rowLength + projection.length);
        for (int field : projection) {
            int length = row.seek(field);
            if (length == RowFormat.MISSING) {
                break;
            }
            used = length == RowFormat.NULL
                    ? RowFormat.putNull(data, used)
                    : RowFormat.putField(data, used, row.buffer(), row.offset(), length);
        }
        endRow();
    }

    private void beginRow(byte[] key, int keyOffset, int keyLength, int valueBound) {
        long needed = (long) used + keyLength + valueBound + Varint.MAX_LENGTH;
        if (needed > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * data.length)));
        }
        if (4 * rows + 4 > slots.length) {
            slots = Arrays.copyOf(slots, 2 * slots.length);
        }
        System.arraycopy(key, keyOffset, data, used, keyLength);
        slots[4 * rows] = used;
        slots[4 * rows + 1] = keyLength;
        used += keyLength;
        slots[4 * rows + 2] = used;
    }

    private void endRow() {
        slots[4 * rows + 3] = used - slots[4 * rows + 2];
        rows++;
    }
}
