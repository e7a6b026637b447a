package dev.boreal.storage.client;

import java.time.Duration;

/**
 * When to read elsewhere, validated together.
 *
 * @param hedge how long a replica may take for an answer that should be short; doubles once all were tried
 * @param timeout how long replicas are tried at all
 * @param firstAvoidance how long a replica that failed is asked last; doubles with every failure in a row
 * @param longestAvoidance where that ends
 */
public record NearestStorageConfiguration(
        Duration hedge, Duration timeout, Duration firstAvoidance, Duration longestAvoidance) {
    public NearestStorageConfiguration {
        require(hedge.isPositive(), "the hedge of reads must be positive");
        require(timeout.compareTo(hedge) >= 0, "the read time-out must not be shorter than the hedge");
        require(firstAvoidance.isPositive(), "a replica that failed must be avoided for a while");
        require(
                longestAvoidance.compareTo(firstAvoidance) >= 0,
                "the longest avoidance must not be shorter than the first");
    }

    public static NearestStorageConfiguration defaults() {
        return new NearestStorageConfiguration(
                Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    public NearestStorageConfiguration withTimeout(Duration newTimeout) {
        return new NearestStorageConfiguration(hedge, newTimeout, firstAvoidance, longestAvoidance);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
