package dev.boreal.journal.disk;

import java.util.Arrays;

/**
 * Where some of a segment's entries stand: about one per {@link #SPACING_BYTES}, so that a reader walks over that much
 * at most. Any thread may ask while one thread adds.
 */
final class PositionIndex {
    static final int SPACING_BYTES = 32 << 10;

    private long[] positions = new long[16];
    private int[] offsets = new int[16];
    private int size;

    /** Tells of an entry behind those told before; remembers it if it is far enough from the last one. */
    synchronized void add(long position, int offset) {
        if (size > 0 && offset - offsets[size - 1] < SPACING_BYTES) {
            return;
        }
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        positions[size] = position;
        offsets[size] = offset;
        size++;
    }

    /** The offset of the nearest remembered entry at or before {@code position}, or {@code fallback} if there is none. */
    synchronized int floorOffset(long position, int fallback) {
        int found = Arrays.binarySearch(positions, 0, size, position);
        int index = found >= 0 ? found : -found - 2;
        return index < 0 ? fallback : offsets[index];
    }
}
