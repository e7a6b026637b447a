package dev.boreal.journal.replica;

/**
 * Settings of a replica's core.
 *
 * @param pulseNanos between two signs of life to everybody
 * @param silenceNanos after which a leader or a link that was not heard of counts as silent
 * @param slowNanos after which a member that does not acknowledge, though its session lives, is suspected
 * @param ballotNanos after which a ballot without a majority is given up
 * @param queueEntries admitted and not yet committed entries; one more is refused as overload
 * @param queueBytes once so much is admitted and not yet committed, a further entry is refused as overload
 * @param maxEntryBytes the largest payload
 * @param frameBytes of records in one message, after which no further one is put in
 * @param tailBytes of committed records that are kept in memory for whoever is a little behind
 */
public record ReplicaConfiguration(
        long pulseNanos,
        long silenceNanos,
        long slowNanos,
        long ballotNanos,
        int queueEntries,
        long queueBytes,
        int maxEntryBytes,
        int frameBytes,
        long tailBytes) {

    public ReplicaConfiguration {
        if (pulseNanos < 1 || silenceNanos < pulseNanos || slowNanos < silenceNanos || ballotNanos < pulseNanos) {
            throw new IllegalArgumentException("a replica's pulse is " + pulseNanos + " ns, silence " + silenceNanos
                    + " ns, slowness " + slowNanos + " ns, ballot " + ballotNanos
                    + " ns: each must be at least the one before, and a ballot a pulse");
        }
        if (queueEntries < 1 || queueBytes < 1 || maxEntryBytes < 1 || frameBytes < 1 || tailBytes < 0) {
            throw new IllegalArgumentException("a replica's queue, entry and frame sizes must be positive");
        }
    }

    public static ReplicaConfiguration defaults() {
        return new ReplicaConfiguration(
                50_000_000L,
                200_000_000L,
                1_000_000_000L,
                500_000_000L,
                64 << 10,
                64L << 20,
                256 << 20,
                1 << 20,
                8L << 20);
    }

    public ReplicaConfiguration withQueue(int entries, long bytes) {
        return new ReplicaConfiguration(
                pulseNanos, silenceNanos, slowNanos, ballotNanos, entries, bytes, maxEntryBytes, frameBytes, tailBytes);
    }

    public ReplicaConfiguration withFrames(int newFrameBytes, long newTailBytes) {
        return new ReplicaConfiguration(
                pulseNanos,
                silenceNanos,
                slowNanos,
                ballotNanos,
                queueEntries,
                queueBytes,
                maxEntryBytes,
                newFrameBytes,
                newTailBytes);
    }

    public ReplicaConfiguration withMaxEntryBytes(int bytes) {
        return new ReplicaConfiguration(
                pulseNanos,
                silenceNanos,
                slowNanos,
                ballotNanos,
                queueEntries,
                queueBytes,
                bytes,
                frameBytes,
                tailBytes);
    }
}
