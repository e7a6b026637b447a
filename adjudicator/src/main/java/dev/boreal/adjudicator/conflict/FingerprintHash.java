package dev.boreal.adjudicator.conflict;

/**
 * Spreads fingerprints over segments and slots. Fingerprints are spread already; one multiplication (Fibonacci hashing,
 * Knuth, TAOCP 3, 6.4) makes sure that a poor one costs time, not more.
 */
final class FingerprintHash {
    /** The top bits choose one of the segments of a generation, the rest a slot in it. */
    static final int SEGMENT_BITS = 6;

    private FingerprintHash() {}

    static long of(long fingerprint) {
        return fingerprint * 0x9E3779B97F4A7C15L;
    }

    static int segment(long hash) {
        return (int) (hash >>> (Long.SIZE - SEGMENT_BITS));
    }
}
