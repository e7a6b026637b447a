package dev.boreal.storage.service;

/**
 * Figures of a room at one moment.
 *
 * @param cachedRows rows in the cache
 * @param cachedBytes what they take, of {@code cacheCapacity}
 * @param cacheCapacity bytes
 * @param rowsApplied writes applied since the room was opened
 * @param keyRanges ranges in which writes are counted for trimming
 * @param versionsTrimmed removals by trimming since the room was opened
 */
public record StorageStatistics(
        long cachedRows, long cachedBytes, long cacheCapacity, long rowsApplied, int keyRanges, long versionsTrimmed) {}
