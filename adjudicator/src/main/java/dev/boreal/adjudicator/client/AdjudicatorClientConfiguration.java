package dev.boreal.adjudicator.client;

import java.time.Duration;

/**
 * How long to look for an answer, validated together.
 *
 * @param timeout how long refusals that wrote nothing are tried again, and how long a request may stay without an answer
 *     before it is asked for; a request is answered after twice that at the latest
 * @param suspicion after how long without an answer the others are asked whether the leader has changed
 * @param firstPause before a refused request is tried again, and between two searches for the leader; doubles
 * @param longestPause where that ends
 * @param maximumWaiting how many requests may wait for a leader to be found
 */
public record AdjudicatorClientConfiguration(
        Duration timeout, Duration suspicion, Duration firstPause, Duration longestPause, int maximumWaiting) {
    public AdjudicatorClientConfiguration {
        require(timeout.isPositive(), "the time-out of a commit must be positive");
        require(
                suspicion.isPositive() && suspicion.compareTo(timeout) <= 0,
                "the suspicion must be positive and not longer than the time-out");
        require(firstPause.isPositive(), "the pause between attempts must be positive");
        require(longestPause.compareTo(firstPause) >= 0, "the longest pause must not be shorter than the first");
        require(maximumWaiting > 0, "some request must be allowed to wait for a leader");
    }

    public static AdjudicatorClientConfiguration defaults() {
        return new AdjudicatorClientConfiguration(
                Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(2), Duration.ofMillis(100), 100_000);
    }

    public AdjudicatorClientConfiguration withTimeout(Duration newTimeout) {
        return new AdjudicatorClientConfiguration(newTimeout, suspicion, firstPause, longestPause, maximumWaiting);
    }

    public AdjudicatorClientConfiguration withMaximumWaiting(int newMaximum) {
        return new AdjudicatorClientConfiguration(timeout, suspicion, firstPause, longestPause, newMaximum);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
