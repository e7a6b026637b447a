package dev.boreal.crossbar.merge;

/**
 * How many entries to ask of one journal. Journals count credit in entries, memory is counted in bytes: the window is as
 * many entries as fit into the bytes at the average size of late. It starts small, since nothing is known yet, and is
 * filled up when half of it is used, so that a subscriber that keeps up never runs out of credit.
 *
 * <p>A pure core: not thread-safe, its owner is a feed.
 */
public final class CreditWindow {
    private static final int FIRST_ENTRIES = 64;
    private static final int WEIGHT_SHIFT = 3;

    private final int maximumEntries;
    private final long maximumBytes;
    private long averageBytes;
    private long outstanding;

    public CreditWindow(int maximumEntries, long maximumBytes) {
        this.maximumEntries = maximumEntries;
        this.maximumBytes = maximumBytes;
        this.averageBytes = Math.max(1, maximumBytes / FIRST_ENTRIES);
    }

    /** Entries came, of so many bytes together. */
    public void received(int entries, long bytes) {
        outstanding -= entries;
        long sample = Math.max(1, bytes / entries);
        averageBytes = Math.max(1, averageBytes + ((sample - averageBytes) >> WEIGHT_SHIFT));
    }

    /** How many more to ask for while so many wait, 0 for none; they count as asked for. */
    public long take(int waitingEntries, long waitingBytes) {
        long more = wanted(waitingEntries, waitingBytes);
        outstanding += more;
        return more;
    }

    /** Whether {@link #take} would give something. */
    public boolean wants(int waitingEntries, long waitingBytes) {
        return wanted(waitingEntries, waitingBytes) > 0;
    }

    private long wanted(int waitingEntries, long waitingBytes) {
        long window = Math.clamp(maximumBytes / averageBytes, 1, maximumEntries);
        long used = outstanding + waitingEntries;
        if (used > window / 2 || (waitingBytes >= maximumBytes && waitingEntries > 0)) {
            return 0;
        }
        return window - used;
    }
}
