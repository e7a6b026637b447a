package dev.boreal.adjudicator.conflict;

/**
 * The accesses committed in one slice of time. Split into segments by hash, each growing by itself, and begun with
 * staggered capacities: no commit ever pays for moving more than one segment in sixty-four, and at any moment the
 * segments are spread evenly over the fillings between two growths.
 */
final class Generation {
    private static final int SEGMENTS = 1 << FingerprintHash.SEGMENT_BITS;
    private static final int FIRST_CAPACITY = 16;

    private final FingerprintTable[] segments = new FingerprintTable[SEGMENTS];
    private final long start;
    private long newest;

    /** Holds what is committed at {@code start} or later. */
    Generation(long start) {
        this.start = start;
        this.newest = start - 1;
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = new FingerprintTable(FIRST_CAPACITY + FIRST_CAPACITY * i / (2 * SEGMENTS));
        }
    }

    long start() {
        return start;
    }

    /** The timestamp of the last commit remembered, or one below {@link #start} if there is none. */
    long newest() {
        return newest;
    }

    boolean isEmpty() {
        return newest < start;
    }

    /** The latest timestamp above {@code snapshot} of an access whose mode is in {@code mask}, or 0. */
    long newest(long fingerprint, long hash, int mask, long snapshot) {
        long after = Math.max(0, snapshot - start + 1);
        long time = segments[FingerprintHash.segment(hash)].newest(fingerprint, hash, mask, after);
        return time == 0 ? 0 : start + time - 1;
    }

    int modeAt(long fingerprint, long hash, long timestamp) {
        return segments[FingerprintHash.segment(hash)].modeAt(fingerprint, hash, timestamp - start + 1);
    }

    void remember(long fingerprint, int mode, long timestamp) {
        long hash = FingerprintHash.of(fingerprint);
        newest = timestamp;
        segments[FingerprintHash.segment(hash)].remember(fingerprint, hash, mode, timestamp - start + 1);
    }

    void reserve(int more) {
        int each = more / SEGMENTS;
        for (FingerprintTable segment : segments) {
            segment.reserve(each);
        }
    }

    long entries() {
        long entries = 0;
        for (FingerprintTable segment : segments) {
            entries += segment.entries();
        }
        return entries;
    }

    long arrayBytes() {
        long bytes = 0;
        for (FingerprintTable segment : segments) {
            bytes += segment.arrayBytes();
        }
        return bytes;
    }
}
