package dev.boreal.journal.replica;

/**
 * Watermarks in their places between the records: each holds once everything up to its index is committed. Never more than
 * a few: of several behind one record the last one counts, and when there is no room the oldest is forgotten, which costs
 * freshness only. Not thread-safe.
 */
final class Heartbeats {
    private static final int CAPACITY = 64;

    private final long[] indexes = new long[CAPACITY];
    private final long[] timestamps = new long[CAPACITY];
    private int first;
    private int size;

    /** A heartbeat behind the record at {@code index}. Older ones are ignored. */
    void add(long index, long timestamp) {
        if (size > 0) {
            int last = slot(size - 1);
            if (index < indexes[last] || timestamp <= timestamps[last]) {
                return;
            }
            if (indexes[last] == index) {
                timestamps[last] = timestamp;
                return;
            }
        }
        if (size == CAPACITY) {
            first = slot(1);
            size--;
        }
        int slot = slot(size);
        indexes[slot] = index;
        timestamps[slot] = timestamp;
        size++;
    }

    /** The highest heartbeat at or before {@code committed}, or 0; those before it are forgotten. */
    long takeThrough(long committed) {
        long found = 0;
        while (size > 0 && indexes[first] <= committed) {
            found = timestamps[first];
            first = slot(1);
            size--;
        }
        return found;
    }

    /** The highest one, wherever it stands, or 0. */
    long highest() {
        return size == 0 ? 0 : timestamps[slot(size - 1)];
    }

    /** Forgets those behind records that are taken back. */
    void cutAfter(long index) {
        while (size > 0 && indexes[slot(size - 1)] > index) {
            size--;
        }
    }

    private int slot(int at) {
        return (first + at) % CAPACITY;
    }
}
