package dev.boreal.storage.service;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.storage.DiskFailure;
import dev.boreal.storage.StorageConfiguration;
import dev.boreal.storage.StorageOpenException;
import dev.boreal.storage.apply.AppliedState;
import dev.boreal.storage.cache.CommittedRows;
import dev.boreal.storage.disk.OutgoingCopy;
import dev.boreal.storage.disk.StorePlace;
import dev.boreal.storage.read.RowScan;
import dev.boreal.storage.read.VersionReader;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage room: the door {@link Storage}, behind it a store that follows a crossbar's feed. Any thread. The crossbar's
 * thread applies; one thread of the room flushes and trims; readers read on their own threads.
 *
 * <p>When the disk fails or the feed breaks its promise, the room stops applying for good and says why ({@link #failure}):
 * snapshots it has reached stay readable as far as the disk allows, later ones are refused.
 */
public final class StorageRoom implements Storage, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorageRoom.class);

    private final StorageConfiguration configuration;
    private final Crossbar crossbar;
    private final StorePlace place;
    private final Store store;
    private final Views views;
    private final CommittedRows cache;
    private final Watermark watermark;
    private final FeedListener listener;
    private final Maintenance maintenance;
    private final Crossbar.FeedSubscription subscription;
    private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
    private final AtomicBoolean copying = new AtomicBoolean();
    private volatile boolean closed;
    private FeedStart lastPersisted;

    /**
     * Opens the store in {@code directory}, creating it if there is none, and subscribes to the part of the feed in
     * {@code range} behind what is there. Throws {@link StorageOpenException}.
     */
    public static StorageRoom open(
            Path directory, StorageConfiguration configuration, KeyRange range, Crossbar crossbar) {
        return open(new StorePlace(directory), configuration, range, crossbar, null);
    }

    /** @param trimmed called once, at any time, when the journals no longer hold what comes next; must not block */
    static StorageRoom open(
            StorePlace place,
            StorageConfiguration configuration,
            KeyRange range,
            Crossbar crossbar,
            @Nullable Runnable trimmed) {
        Store store = Store.open(place.live(), configuration);
        boolean opened = false;
        try {
            StorageRoom room = new StorageRoom(place, store, configuration, range, crossbar, trimmed);
            opened = true;
            return room;
        } finally {
            if (!opened) {
                store.database().close();
            }
        }
    }

    private StorageRoom(
            StorePlace place,
            Store store,
            StorageConfiguration configuration,
            KeyRange range,
            Crossbar crossbar,
            @Nullable Runnable trimmed) {
        this.place = place;
        this.store = store;
        this.configuration = configuration;
        this.crossbar = crossbar;
        this.lastPersisted = store.start().feedStart();
        this.cache = store.cache();
        this.views = new Views(store.database());
        this.watermark = new Watermark(store.start().watermark(), configuration.readTimeoutNanos());
        this.listener = new FeedListener(store, watermark, trimmed);
        this.maintenance = new Maintenance(store, views, listener, watermark, configuration);
        this.subscription = crossbar.subscribe(range, store.start().feedStart(), listener);
        this.maintenance.start();
    }

    @Override
    public boolean tryReach(long asOf) {
        return watermark.tryReach(asOf, crossbar);
    }

    @Override
    public void awaitReach(long asOf) {
        watermark.awaitReach(asOf, crossbar);
    }

    @Override
    public byte @Nullable [] get(byte[] key, long asOf) {
        awaitReach(asOf);
        long hash = CommittedRows.hash(key);
        byte[] cached = cache.lookUp(key, hash, asOf);
        if (cached != null && !closed) {
            return cached;
        }
        View view = null;
        try {
            long stamp = cache.stamp(hash);
            view = views.acquire();
            refuseTooOld(asOf);
            return read(view.reader(), key, hash, asOf, stamp);
        } catch (DiskFailure e) {
            throw Refusal.disk(e);
        } finally {
            if (view != null) {
                views.release(view);
            }
        }
    }

    @Override
    public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
        awaitReach(asOf);
        byte[] @Nullable [] rows = new byte[keys.length][];
        long[] stamps = new long[keys.length];
        int missing = 0;
        for (int i = 0; i < keys.length; i++) {
            long hash = CommittedRows.hash(keys[i]);
            rows[i] = cache.lookUp(keys[i], hash, asOf);
            if (rows[i] == null) {
                stamps[i] = cache.stamp(hash);
                missing++;
            }
        }
        if (missing > 0 || closed) {
            readMissing(keys, rows, stamps, asOf);
        }
        return rows;
    }

    private void readMissing(byte[][] keys, byte[] @Nullable [] rows, long[] stamps, long asOf) {
        View view = null;
        try {
            view = views.acquire();
            refuseTooOld(asOf);
            for (int i = 0; i < keys.length; i++) {
                if (rows[i] == null) {
                    rows[i] = read(view.reader(), keys[i], CommittedRows.hash(keys[i]), asOf, stamps[i]);
                }
            }
        } catch (DiskFailure e) {
            throw Refusal.disk(e);
        } finally {
            if (view != null) {
                views.release(view);
            }
        }
    }

    private byte @Nullable [] read(VersionReader reader, byte[] key, long hash, long asOf, long stamp) {
        byte[] row = reader.get(key, asOf);
        if (row != null && reader.foundNewest()) {
            cache.fill(key, hash, reader.foundTimestamp(), row, stamp);
        }
        return row;
    }

    @Override
    public long count(ScanRequest request) {
        awaitReach(request.asOf());
        View view = null;
        try {
            view = views.acquire();
            refuseTooOld(request.asOf());
            RowScan scan = new RowScan(view.reader(), request, true);
            try {
                return count(scan);
            } finally {
                scan.close();
            }
        } catch (DiskFailure e) {
            throw Refusal.disk(e);
        } finally {
            if (view != null) {
                views.release(view);
            }
        }
    }

    private long count(RowScan scan) {
        long counted = 0;
        for (long portion = scan.count(OpenScan.PORTION); ; portion = scan.count(OpenScan.PORTION)) {
            if (portion < 0) {
                return counted + ~portion;
            }
            counted += portion;
            if (closed) {
                throw Refusal.closed();
            }
            if (Thread.interrupted()) {
                throw Refusal.interrupted();
            }
        }
    }

    @Override
    public Scan scan(ScanRequest request) {
        awaitReach(request.asOf());
        View view = null;
        try {
            view = views.acquire();
            refuseTooOld(request.asOf());
            Scan scan = new OpenScan(views, view, new RowScan(view.reader(), request, false));
            view = null;
            return scan;
        } catch (DiskFailure e) {
            throw Refusal.disk(e);
        } finally {
            if (view != null) {
                views.release(view);
            }
        }
    }

    /**
     * To be called when the view has been opened: the horizon rises before anything below it is removed, so a view that
     * lacks a version was opened after the horizon had passed it.
     */
    private void refuseTooOld(long asOf) {
        long horizon = store.horizon();
        if (asOf < horizon) {
            throw Refusal.tooOld(asOf, horizon);
        }
    }

    @Override
    public FeedStart persistedPositions() {
        closing.readLock().lock();
        try {
            return closed ? lastPersisted : store.persisted().feedStart();
        } catch (DiskFailure e) {
            throw Refusal.disk(e);
        } finally {
            closing.readLock().unlock();
        }
    }

    /** A checkpoint of the store: its files are shared with the store as long as that has them, and so cost no space at first. */
    @Override
    public Scan copy() {
        closing.readLock().lock();
        try {
            if (closed) {
                throw Refusal.closed();
            }
            String failure = listener.failure();
            if (failure != null) {
                throw Refusal.failed(failure);
            }
            if (!copying.compareAndSet(false, true)) {
                throw Refusal.copying();
            }
            return begin(place.outgoing());
        } finally {
            closing.readLock().unlock();
        }
    }

    private Scan begin(Path checkpoint) {
        boolean begun = false;
        try {
            store.database().flush();
            AppliedState atLeast = store.persisted();
            store.database().checkpoint(checkpoint);
            Scan copy = new OutgoingCopy(place, checkpoint, atLeast.encode(), () -> copying.set(false));
            begun = true;
            return copy;
        } catch (DiskFailure e) {
            throw Refusal.disk(e);
        } finally {
            if (!begun) {
                place.discard(checkpoint);
                copying.set(false);
            }
        }
    }

    /** Everything up to here can be read without waiting. */
    public long watermark() {
        return watermark.value();
    }

    /** What the room had from its first journal when it was opened. */
    long startPosition() {
        return store.start().feedStart().position(0);
    }

    /** Puts everything applied so far onto the disk. */
    void flushNow() {
        store.database().flush();
    }

    /** Versions of all keys that the store holds, tombstones included. */
    long storedVersions() {
        View view = views.acquire();
        try {
            long versions = 0;
            view.reader().iterator().seek(Keys.EMPTY, 0);
            while (view.reader().loadKey()) {
                versions++;
                view.reader().iterator().next();
            }
            return versions;
        } finally {
            views.release(view);
        }
    }

    /** Snapshots below this are refused. */
    public long horizon() {
        return store.horizon();
    }

    /** Why the room no longer follows the feed, or null while it does. */
    public @Nullable String failure() {
        return listener.failure();
    }

    /** Sizes and counts, for people. */
    public StorageStatistics statistics() {
        return listener.statistics(configuration.cacheBytes());
    }

    /** Flushes and closes. Reads under way end with {@link ReadRefused}; calling again does nothing. */
    @Override
    public void close() {
        close(true);
    }

    /** Closes and loses what was not flushed, as a crash would. */
    void abandon() {
        close(false);
    }

    private synchronized void close(boolean flush) {
        if (closed) {
            return;
        }
        listener.close();
        subscription.close();
        watermark.stop("storage is closed");
        maintenance.stop();
        closing.writeLock().lock();
        try {
            closed = true;
            views.close();
            if (flush && listener.failure() == null) {
                store.keepWatermark(watermark.value());
                store.database().flush();
            }
            lastPersisted = store.persisted().feedStart();
        } catch (DiskFailure e) {
            LOG.warn("storage closes without its last changes, which the journal has: {}", e.getMessage());
        } finally {
            store.database().close();
            closing.writeLock().unlock();
        }
    }
}
