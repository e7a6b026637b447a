package dev.boreal.journal.order;

/**
 * The last entries of a log by timestamp, so that an append that is sent again is recognised. A ring of two numbers per
 * entry. Not thread-safe.
 */
public final class RecentAppends {
    /** What {@link #positionOf} answers for a timestamp that no remembered entry has. */
    public static final long UNKNOWN = -1;

    private static final int CAPACITY = 1 << 15;

    private final long[] timestamps = new long[CAPACITY];
    private final long[] epochs = new long[CAPACITY];
    private long lastPosition;
    private int size;

    /** Remembers the entry at {@code position}, which is the next one. */
    public void add(long position, long epoch, long timestamp) {
        int slot = (int) (position & (CAPACITY - 1));
        timestamps[slot] = timestamp;
        epochs[slot] = epoch;
        size = position == lastPosition + 1 ? Math.min(size + 1, CAPACITY) : 1;
        lastPosition = position;
    }

    /** Forgets the entries behind {@code position}. */
    public void cutAfter(long position) {
        if (position < lastPosition) {
            size = (int) Math.max(0, size - (lastPosition - position));
            lastPosition = position;
        }
    }

    /** The position of the remembered entry of {@code epoch} with this timestamp, or {@link #UNKNOWN}. */
    public long positionOf(long epoch, long timestamp) {
        long low = lastPosition - size + 1;
        long high = lastPosition;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            int slot = (int) (middle & (CAPACITY - 1));
            if (timestamps[slot] == timestamp) {
                return epochs[slot] == epoch ? middle : UNKNOWN;
            }
            if (timestamps[slot] < timestamp) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return UNKNOWN;
    }
}
