package dev.boreal.storage.service;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.storage.DiskFailure;
import dev.boreal.storage.StorageConfiguration;
import dev.boreal.storage.StorageOpenException;
import dev.boreal.storage.disk.StorePlace;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link StorageRoom} that is built anew when the journals no longer hold what it lacks: it was away for too long, or its directory is
 * a new one. Another replica's copy takes the place of the store, and a new room follows the feed from where the copy ends.
 *
 * <p>Meanwhile reads are refused as unavailable, so that readers go elsewhere, and {@link #persistedPositions} tells where the copy
 * that is on its way ends, so that the journals are not trimmed behind that again. A crash at any time leaves the old
 * store or the new one, and the next start goes on from there. While nobody gives a copy it is asked for again and again.
 */
public final class RenewingStorage implements Storage, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RenewingStorage.class);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final StorePlace place;
    private final StorageConfiguration configuration;
    private final KeyRange range;
    private final Crossbar crossbar;
    private final CopyFetch fetch;
    private final Semaphore trimmed = new Semaphore(0);
    private final Thread thread;
    private volatile StorageRoom room;
    private volatile @Nullable String renewal;
    private volatile @Nullable FeedStart needed;
    private volatile boolean closed;

    /**
     * Opens the room, as {@link StorageRoom#open} does.
     *
     * @param peers the other replicas of the same range, nearest first; asked when a copy is needed
     */
    public static RenewingStorage open(
            Path directory,
            StorageConfiguration configuration,
            KeyRange range,
            Crossbar crossbar,
            Supplier<? extends SequencedMap<String, ? extends Storage>> peers) {
        StorePlace place = new StorePlace(directory);
        place.recover();
        return new RenewingStorage(place, configuration, range, crossbar, peers);
    }

    private RenewingStorage(
            StorePlace place,
            StorageConfiguration configuration,
            KeyRange range,
            Crossbar crossbar,
            Supplier<? extends SequencedMap<String, ? extends Storage>> peers) {
        this.place = place;
        this.configuration = configuration;
        this.range = range;
        this.crossbar = crossbar;
        this.fetch = new CopyFetch(place, peers, this::progressed);
        this.room = openRoom();
        this.thread = Thread.ofPlatform().daemon().name("storage-renewal").start(this::run);
    }

    private StorageRoom openRoom() {
        return StorageRoom.open(place, configuration, range, crossbar, trimmed::release);
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!closed) {
                trimmed.acquire();
                LOG.warn("The journals no longer hold what this storage replica lacks: it is built anew");
                FeedStart had = room.persistedPositions();
                room.close();
                while (!closed && !renew(had)) {
                    // Another replica may be about to start, or to end giving a copy to somebody else.
                    TimeUnit.MILLISECONDS.sleep(pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
                pause = FIRST_PAUSE_MILLIS;
            }
        } catch (InterruptedException e) {
            LOG.debug("storage closes: {}", e.toString());
        }
    }

    /** False if it did not come to a room that follows the feed. */
    private boolean renew(FeedStart had) throws InterruptedException {
        try {
            if (!fetch.fetch(had)) {
                progressed("no other replica gives a copy: " + fetch.trouble(), null);
                return false;
            }
            place.install();
            StorageRoom fresh = openRoom();
            awaitReach(fresh, room.watermark());
            room = fresh;
            LOG.info("Storage is built anew and follows the feed behind {}", room.persistedPositions());
            needed = null;
            renewal = null;
            return true;
        } catch (StorageOpenException | DiskFailure e) {
            LOG.warn("Storage cannot be built anew now", e);
            progressed(String.valueOf(e.getMessage()), null);
            return false;
        }
    }

    /** What was once said to be reached can be read without waiting: somebody may count on it on an event loop. */
    private void awaitReach(StorageRoom fresh, long reached) {
        boolean done = false;
        while (!done && !closed && fresh.failure() == null) {
            try {
                fresh.awaitReach(reached);
                done = true;
            } catch (ReadRefused e) {
                LOG.debug("the new store has not reached {} yet: {}", reached, e.getMessage());
            }
        }
    }

    private void progressed(String what, @Nullable FeedStart end) {
        renewal = what;
        if (end != null) {
            needed = end;
        }
    }

    /** What building anew has come to, or null while that is not needed. */
    public @Nullable String renewal() {
        return renewal;
    }

    /** As {@link StorageRoom#failure}. While the replica is built anew it is {@link #renewal} that tells. */
    public @Nullable String failure() {
        return renewal == null ? room.failure() : null;
    }

    /** As {@link StorageRoom#watermark}. */
    public long watermark() {
        return room.watermark();
    }

    @Override
    public boolean tryReach(long asOf) {
        return room.tryReach(asOf);
    }

    @Override
    public void awaitReach(long asOf) {
        room.awaitReach(asOf);
    }

    @Override
    public byte @Nullable [] get(byte[] key, long asOf) {
        return room.get(key, asOf);
    }

    @Override
    public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
        return room.getAll(keys, asOf);
    }

    @Override
    public long count(ScanRequest request) {
        return room.count(request);
    }

    @Override
    public Scan scan(ScanRequest request) {
        return room.scan(request);
    }

    @Override
    public Scan copy() {
        return room.copy();
    }

    @Override
    public FeedStart persistedPositions() {
        FeedStart onItsWay = needed;
        return onItsWay != null ? onItsWay : room.persistedPositions();
    }

    /** As {@link StorageRoom#close}; a copy that is on its way is given up. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        room.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
