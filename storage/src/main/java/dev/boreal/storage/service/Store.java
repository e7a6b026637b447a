package dev.boreal.storage.service;

import dev.boreal.storage.StorageConfiguration;
import dev.boreal.storage.StorageOpenException;
import dev.boreal.storage.apply.AppliedState;
import dev.boreal.storage.apply.Applier;
import dev.boreal.storage.cache.CommittedRows;
import dev.boreal.storage.disk.RowDatabase;
import dev.boreal.storage.trim.GarbageMap;
import dev.boreal.storage.trim.Purge;
import dev.boreal.storage.trim.Purges;
import dev.boreal.storage.version.VersionBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the room's threads share: the store, and what is remembered of it in memory. */
final class Store {
    private static final int LEAST_WRITES_PER_SWEEP = 64;

    private final RowDatabase database;
    private final AppliedState start;
    private final CommittedRows cache;
    private final GarbageMap garbage;
    private final Purges purges;
    private final Applier applier;
    private volatile long horizon;

    private Store(
            RowDatabase database,
            AppliedState start,
            long horizon,
            List<Purge> kept,
            StorageConfiguration configuration) {
        this.database = database;
        this.start = start;
        this.horizon = horizon;
        this.cache = new CommittedRows(configuration.cacheBytes());
        this.garbage = new GarbageMap(configuration.retentionNanos(), LEAST_WRITES_PER_SWEEP);
        this.purges = new Purges(kept);
        this.applier =
                new Applier(database, newBatch(), cache, garbage, purges, start, configuration.applyBatchBytes());
    }

    static Store open(Path directory, StorageConfiguration configuration) {
        RowDatabase database = RowDatabase.open(directory, configuration);
        boolean read = false;
        try {
            byte[] applied = database.state(AppliedState.KEY);
            byte[] horizon = database.state(AppliedState.HORIZON_KEY);
            List<Purge> kept = new ArrayList<>();
            database.forEachState(Purge.KEY_PREFIX, (key, value) -> kept.add(Purge.decode(key, value)));
            Store store = new Store(
                    database,
                    applied == null ? AppliedState.NOTHING : AppliedState.decode(applied),
                    horizon == null ? 0 : AppliedState.decodeHorizon(horizon),
                    kept,
                    configuration);
            read = true;
            return store;
        } catch (RuntimeException e) {
            throw new StorageOpenException(
                    StorageOpenException.Reason.DAMAGED,
                    "storage directory " + directory + " holds state that cannot be read (" + e.getMessage()
                            + "). Move it away to rebuild storage from the journal, or restore it from a backup.",
                    e);
        } finally {
            if (!read) {
                database.close();
            }
        }
    }

    RowDatabase database() {
        return database;
    }

    /** How far the feed had been applied when the store was opened. */
    AppliedState start() {
        return start;
    }

    CommittedRows cache() {
        return cache;
    }

    GarbageMap garbage() {
        return garbage;
    }

    Purges purges() {
        return purges;
    }

    /** For the feed's thread alone. */
    Applier applier() {
        return applier;
    }

    VersionBatch newBatch() {
        return new VersionBatch(database.stateFamily());
    }

    long horizon() {
        return horizon;
    }

    /** One thread raises it, before it removes anything below it. */
    void raiseHorizon(long raised) {
        horizon = raised;
    }

    /** What a crash would leave. */
    AppliedState persisted() {
        byte[] bytes = database.persistedState(AppliedState.KEY);
        return bytes == null ? AppliedState.NOTHING : AppliedState.decode(bytes);
    }

    /** Keeps the watermark with the data; nobody applies meanwhile. */
    void keepWatermark(long watermark) {
        applier.keepWatermark(watermark);
    }
}
