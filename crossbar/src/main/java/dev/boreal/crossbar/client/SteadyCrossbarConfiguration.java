package dev.boreal.crossbar.client;

import java.time.Duration;

/**
 * When a feed is continued elsewhere, validated together.
 *
 * @param firstPause between two rounds over all crossbars, at first; doubles with every round that brought nothing
 * @param longestPause where that ends
 * @param patience how long a crossbar may bring nothing while somebody waits, before another one is tried; doubles with
 *     every change that brought nothing
 * @param longestPatience where that ends
 * @param rest for how long after a question for an advance the next one is held back: a reader is expected to have
 *     asked whoever decides as well, so the question matters only if it is repeated. 0: none is held back
 */
public record SteadyCrossbarConfiguration(
        Duration firstPause, Duration longestPause, Duration patience, Duration longestPatience, Duration rest) {
    public SteadyCrossbarConfiguration {
        require(firstPause.isPositive(), "the pause between attempts must be positive");
        require(longestPause.compareTo(firstPause) >= 0, "the longest pause must not be shorter than the first");
        require(patience.isPositive(), "the patience with a crossbar must be positive");
        require(longestPatience.compareTo(patience) >= 0, "the longest patience must not be shorter than the first");
        require(!rest.isNegative(), "the rest after a question must not be negative");
    }

    public static SteadyCrossbarConfiguration defaults() {
        return new SteadyCrossbarConfiguration(
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(8),
                Duration.ofMillis(20));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
