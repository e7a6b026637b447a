package dev.boreal.adjudicator.service;

/**
 * What an adjudicator has done and holds.
 *
 * @param commits committed and answered
 * @param conflicts refused for a conflict
 * @param refusals refused for any other reason, or with an unknown outcome
 * @param leadNanos how far ahead of the clock timestamps are issued now
 * @param rememberedKeys (key, mode) pairs in the window
 * @param memoryBytes what the memory of commits takes
 */
public record AdjudicatorStatistics(
        long commits, long conflicts, long refusals, long leadNanos, long rememberedKeys, long memoryBytes) {}
