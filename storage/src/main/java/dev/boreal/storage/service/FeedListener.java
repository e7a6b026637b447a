package dev.boreal.storage.service;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.feed.FeedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the feed and applies it on the crossbar's thread, which is the back-pressure. After the first failure nothing is
 * applied and the watermark stays: an entry is never skipped.
 */
final class FeedListener implements Crossbar.FeedSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(FeedListener.class);

    private final Store store;
    private final Watermark watermark;
    private final @Nullable Runnable trimmed;
    private volatile @Nullable String failure;
    private volatile boolean closed;
    private volatile long bytesApplied;
    private volatile long rowsApplied;
    private volatile long versionsTrimmed;

    /** @param trimmed what to do when the journals no longer hold what comes next; null if nobody can help */
    FeedListener(Store store, Watermark watermark, @Nullable Runnable trimmed) {
        this.trimmed = trimmed;
        this.store = store;
        this.watermark = watermark;
    }

    @Override
    public synchronized void onEntries(List<FeedEntry> entries) {
        if (closed || failure != null) {
            return;
        }
        try {
            store.applier().apply(entries, watermark.value());
            bytesApplied = store.applier().bytesApplied();
            rowsApplied = store.applier().rowsApplied();
        } catch (RuntimeException e) {
            fail("applying the feed failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void onWatermark(long timestamp) {
        if (!closed && failure == null) {
            watermark.raise(timestamp);
        }
    }

    @Override
    public void onClosed(String reason) {
        if (!closed) {
            fail("the feed is over: " + reason, null);
        }
    }

    @Override
    public void onTrimmed(String reason) {
        if (closed) {
            return;
        }
        String what = "the journals no longer hold what comes next: " + reason;
        Runnable help = trimmed;
        if (help == null) {
            fail(what + ". Restore the directory of this replica from a backup", null);
        } else if (failure == null) {
            failure = what;
            watermark.stop(what);
            help.run();
        }
    }

    /** Stops following the feed for good. The first reason stays. */
    void fail(String reason, @Nullable Throwable cause) {
        if (failure != null || closed) {
            return;
        }
        failure = reason;
        LOG.error("storage has stopped: {}", reason, cause);
        watermark.stop(reason);
    }

    @Nullable String failure() {
        return failure;
    }

    long bytesApplied() {
        return bytesApplied;
    }

    void trimmed(long versions) {
        versionsTrimmed = versions;
    }

    StorageStatistics statistics(long cacheCapacity) {
        return new StorageStatistics(
                store.cache().rows(),
                store.cache().bytes(),
                cacheCapacity,
                rowsApplied,
                store.garbage().ranges(),
                versionsTrimmed);
    }

    /** Returns when nothing is being applied; nothing will be. */
    synchronized void close() {
        closed = true;
    }
}
