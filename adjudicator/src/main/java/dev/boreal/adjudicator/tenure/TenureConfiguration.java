package dev.boreal.adjudicator.tenure;

import java.time.Duration;

/**
 * How adjudicators take turns, validated together. All candidates of a journal are given the same.
 *
 * @param length how long a tenure lasts without being renewed ({@code tenure.length}): about as long nobody decides when
 *     its owner has died
 * @param rank this candidate's place among those that wait: each waits a little longer than the one before it, so that
 *     they do not all try at once
 * @param stagger by how much
 * @param rememberedOutcomes of how many of the latest transactions it is known that they committed
 */
public record TenureConfiguration(Duration length, int rank, Duration stagger, int rememberedOutcomes) {
    private static final Duration SHORTEST = Duration.ofMillis(20);

    public TenureConfiguration {
        require(length.compareTo(SHORTEST) >= 0, "tenure.length must be 20 ms at least");
        require(rank >= 0 && rank < 100, "a candidate's rank must lie in 0..99");
        require(!stagger.isNegative(), "the stagger of candidates must not be negative");
        require(
                rememberedOutcomes >= 1 && rememberedOutcomes <= 1 << 24,
                "the number of remembered outcomes must lie in 1..16777216");
    }

    public static TenureConfiguration defaults() {
        return new TenureConfiguration(Duration.ofSeconds(1), 0, Duration.ofMillis(20), 1 << 17);
    }

    public TenureConfiguration withLength(Duration newLength) {
        return new TenureConfiguration(newLength, rank, stagger, rememberedOutcomes);
    }

    public TenureConfiguration withRank(int newRank) {
        return new TenureConfiguration(length, newRank, stagger, rememberedOutcomes);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
