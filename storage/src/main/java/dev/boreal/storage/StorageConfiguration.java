package dev.boreal.storage;

/**
 * Every choice of the storage room, read once. Sizes in bytes, times in nanoseconds.
 *
 * @param retentionNanos how far behind the watermark a snapshot may be read ({@code history.retention})
 * @param readTimeoutNanos how long a read waits for the watermark
 * @param cacheBytes committed rows kept on the heap; 0 turns the cache off
 * @param blockCacheBytes uncompressed blocks of files kept outside the heap
 * @param writeBufferBytes rows gathered in memory before they go to a file; up to four such buffers exist at once
 * @param backgroundJobs threads that flush and compact
 * @param applyBatchBytes the size near which the feed is cut into write batches
 * @param flushBytes written bytes after which everything is flushed, bounding what a restart must re-apply
 * @param flushIntervalNanos the time after which everything is flushed, if anything was written
 * @param maintenanceIntervalNanos how often flushes and trimming are considered
 * @param trimEffort the part of one core that trimming may use, in {@code (0, 1]}
 */
public record StorageConfiguration(
        long retentionNanos,
        long readTimeoutNanos,
        long cacheBytes,
        long blockCacheBytes,
        long writeBufferBytes,
        int backgroundJobs,
        int applyBatchBytes,
        long flushBytes,
        long flushIntervalNanos,
        long maintenanceIntervalNanos,
        double trimEffort) {

    private static final long SECOND = 1_000_000_000L;
    private static final long MEBIBYTE = 1L << 20;

    public StorageConfiguration {
        atLeast("history.retention", retentionNanos, 1);
        atLeast("storage.read.timeout", readTimeoutNanos, 1);
        atLeast("storage.cache.bytes", cacheBytes, 0);
        atLeast("storage.block.cache.bytes", blockCacheBytes, MEBIBYTE);
        atLeast("storage.write.buffer.bytes", writeBufferBytes, 64 << 10);
        atLeast("storage.background.jobs", backgroundJobs, 1);
        atLeast("storage.apply.batch.bytes", applyBatchBytes, 1 << 10);
        atLeast("storage.flush.bytes", flushBytes, 64 << 10);
        atLeast("storage.flush.interval", flushIntervalNanos, 1);
        atLeast("storage.maintenance.interval", maintenanceIntervalNanos, 1);
        if (!(trimEffort > 0 && trimEffort <= 1)) {
            throw new IllegalArgumentException("storage.trim.effort lies above 0 and up to 1, not " + trimEffort);
        }
    }

    /** For a process with this much heap: an eighth of it for committed rows, the rest sized for two cores. */
    public static StorageConfiguration forHeap(long maximumHeapBytes) {
        return new StorageConfiguration(
                300 * SECOND,
                10 * SECOND,
                maximumHeapBytes / 8,
                Math.clamp(maximumHeapBytes / 8, 32 * MEBIBYTE, 1024 * MEBIBYTE),
                64 * MEBIBYTE,
                2,
                1 << 20,
                256 * MEBIBYTE,
                60 * SECOND,
                SECOND / 2,
                0.2);
    }

    public StorageConfiguration withRetentionNanos(long nanos) {
        return new StorageConfiguration(
                nanos,
                readTimeoutNanos,
                cacheBytes,
                blockCacheBytes,
                writeBufferBytes,
                backgroundJobs,
                applyBatchBytes,
                flushBytes,
                flushIntervalNanos,
                maintenanceIntervalNanos,
                trimEffort);
    }

    public StorageConfiguration withReadTimeoutNanos(long nanos) {
        return new StorageConfiguration(
                retentionNanos,
                nanos,
                cacheBytes,
                blockCacheBytes,
                writeBufferBytes,
                backgroundJobs,
                applyBatchBytes,
                flushBytes,
                flushIntervalNanos,
                maintenanceIntervalNanos,
                trimEffort);
    }

    public StorageConfiguration withCacheBytes(long bytes) {
        return new StorageConfiguration(
                retentionNanos,
                readTimeoutNanos,
                bytes,
                blockCacheBytes,
                writeBufferBytes,
                backgroundJobs,
                applyBatchBytes,
                flushBytes,
                flushIntervalNanos,
                maintenanceIntervalNanos,
                trimEffort);
    }

    private static void atLeast(String setting, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(setting + " is at least " + least + ", not " + value);
        }
    }
}
