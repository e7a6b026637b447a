package dev.boreal.journal.disk;

import java.util.Arrays;

/**
 * Where some of a segment's records stand: about one per {@link #SPACING_BYTES}, so that a reader walks over that much
 * at most. Also where the records end that a later segment did not make void. Any thread may ask while one thread adds.
 */
final class PositionIndex {
    static final int SPACING_BYTES = 32 << 10;

    private long[] positions = new long[16];
    private long[] indexes = new long[16];
    private int[] offsets = new int[16];
    private int size;
    private long end = Long.MAX_VALUE;

    /**
     * Tells of a record behind those told before; remembers it if it is far enough from the last one.
     *
     * @param position of the entry; of a mark that of the entry behind it
     */
    synchronized void add(long position, long index, int offset) {
        if (size > 0 && offset - offsets[size - 1] < SPACING_BYTES) {
            return;
        }
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            indexes = Arrays.copyOf(indexes, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        positions[size] = position;
        indexes[size] = index;
        offsets[size] = offset;
        size++;
    }

    /** The offset of a remembered record at or behind which the entry at {@code position} stands, or {@code fallback}. */
    synchronized int floorOffset(long position, int fallback) {
        return floor(positions, position, fallback);
    }

    /** The offset of a remembered record at or before {@code index}, or {@code fallback} if there is none. */
    synchronized int floorOffsetOfIndex(long index, int fallback) {
        return floor(indexes, index, fallback);
    }

    /** The first of several equal keys, since marks share the position of the entry behind them. */
    private int floor(long[] keys, long key, int fallback) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int found = low < size && keys[low] == key ? low : low - 1;
        return found < 0 ? fallback : offsets[found];
    }

    /** What stands at {@code offset} and behind is void. */
    synchronized void cut(long offset) {
        end = offset;
        while (size > 0 && offsets[size - 1] >= offset) {
            size--;
        }
    }

    /** The offset behind the last record that counts; {@link Long#MAX_VALUE} while none has been cut. */
    synchronized long end() {
        return end;
    }
}
