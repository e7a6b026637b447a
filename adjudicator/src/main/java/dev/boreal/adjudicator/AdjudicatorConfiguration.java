package dev.boreal.adjudicator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one adjudicator, validated together.
 *
 * @param name what people call it; conflicts carry it
 * @param retention how long a committed access is remembered, which is also how old a snapshot may be
 * @param generations into how many time slices the retention is cut: expiry frees one slice at a time
 * @param fixedLead how far ahead of the clock timestamps are issued, or null to follow the journal's latency
 * @param maximumLead the cap of the lead, and of what any promise may lie ahead of the clock. A successor's tenure
 *     starts this far above the clock, so all adjudicators of a cluster are given the same one
 * @param heartbeatInterval between heartbeats while somebody waits for a watermark that cannot be promised yet
 * @param idleHeartbeatInterval between periodic heartbeats otherwise
 * @param maximumTransactionBytes of a commit record and its chunks together
 * @param rangeMemoryBytes how much may be spent on written keys for the validation of SERIALIZABLE ranges
 * @param namedCommits of how many recent commits transaction id and session are known, to name the winner of a conflict
 */
public record AdjudicatorConfiguration(
        String name,
        Duration retention,
        int generations,
        @Nullable Duration fixedLead,
        Duration maximumLead,
        Duration heartbeatInterval,
        Duration idleHeartbeatInterval,
        long maximumTransactionBytes,
        long rangeMemoryBytes,
        int namedCommits) {

    public AdjudicatorConfiguration {
        require(!retention.isNegative() && !retention.isZero(), "history.retention must be positive");
        require(generations >= 1 && generations <= 1_024, "generations must lie in 1..1024");
        require(retention.toNanos() >= generations, "history.retention is too short for its generations");
        require(!maximumLead.isNegative(), "the maximum lead must not be negative");
        require(
                fixedLead == null || (!fixedLead.isNegative() && fixedLead.compareTo(maximumLead) <= 0),
                "lead must lie between 0 and the maximum lead");
        require(maximumLead.compareTo(retention) < 0, "the maximum lead must be shorter than history.retention");
        require(!heartbeatInterval.isNegative() && !heartbeatInterval.isZero(), "heartbeat.interval must be positive");
        require(
                idleHeartbeatInterval.compareTo(heartbeatInterval) >= 0,
                "the idle heartbeat interval must not be shorter than heartbeat.interval");
        require(maximumTransactionBytes > 0, "the maximum size of a transaction must be positive");
        require(rangeMemoryBytes >= 0, "the memory for written ranges must not be negative");
        require(namedCommits >= 1, "at least one commit must be named");
    }

    public static AdjudicatorConfiguration defaults() {
        return new AdjudicatorConfiguration(
                "adjudicator-1",
                Duration.ofMinutes(5),
                16,
                null,
                Duration.ofMillis(2),
                Duration.ofMillis(1),
                Duration.ofMillis(100),
                64L << 30,
                64L << 20,
                1 << 16);
    }

    public AdjudicatorConfiguration withName(String newName) {
        return new AdjudicatorConfiguration(
                newName,
                retention,
                generations,
                fixedLead,
                maximumLead,
                heartbeatInterval,
                idleHeartbeatInterval,
                maximumTransactionBytes,
                rangeMemoryBytes,
                namedCommits);
    }

    public AdjudicatorConfiguration withRetention(Duration newRetention) {
        return new AdjudicatorConfiguration(
                name,
                newRetention,
                generations,
                fixedLead,
                maximumLead,
                heartbeatInterval,
                idleHeartbeatInterval,
                maximumTransactionBytes,
                rangeMemoryBytes,
                namedCommits);
    }

    public AdjudicatorConfiguration withFixedLead(Duration newLead) {
        return new AdjudicatorConfiguration(
                name,
                retention,
                generations,
                newLead,
                maximumLead,
                heartbeatInterval,
                idleHeartbeatInterval,
                maximumTransactionBytes,
                rangeMemoryBytes,
                namedCommits);
    }

    public AdjudicatorConfiguration withMaximumLead(Duration newMaximum) {
        return new AdjudicatorConfiguration(
                name,
                retention,
                generations,
                fixedLead,
                newMaximum,
                heartbeatInterval,
                idleHeartbeatInterval,
                maximumTransactionBytes,
                rangeMemoryBytes,
                namedCommits);
    }

    public AdjudicatorConfiguration withHeartbeatInterval(Duration newInterval, Duration newIdleInterval) {
        return new AdjudicatorConfiguration(
                name,
                retention,
                generations,
                fixedLead,
                maximumLead,
                newInterval,
                newIdleInterval,
                maximumTransactionBytes,
                rangeMemoryBytes,
                namedCommits);
    }

    public AdjudicatorConfiguration withMaximumTransactionBytes(long newMaximum) {
        return new AdjudicatorConfiguration(
                name,
                retention,
                generations,
                fixedLead,
                maximumLead,
                heartbeatInterval,
                idleHeartbeatInterval,
                newMaximum,
                rangeMemoryBytes,
                namedCommits);
    }

    public AdjudicatorConfiguration withRangeMemoryBytes(long newMemory) {
        return new AdjudicatorConfiguration(
                name,
                retention,
                generations,
                fixedLead,
                maximumLead,
                heartbeatInterval,
                idleHeartbeatInterval,
                maximumTransactionBytes,
                newMemory,
                namedCommits);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
