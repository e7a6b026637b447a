package dev.boreal.storage.service;

import dev.boreal.contracts.key.Keys;
import dev.boreal.storage.StorageConfiguration;
import dev.boreal.storage.apply.AppliedState;
import dev.boreal.storage.read.VersionReader;
import dev.boreal.storage.trim.GarbageMap;
import dev.boreal.storage.trim.Purge;
import dev.boreal.storage.trim.Sweep;
import dev.boreal.storage.version.VersionBatch;
import dev.boreal.storage.version.VersionedKey;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room's one thread: flushes so that a restart has little to re-apply, raises the trim horizon behind the watermark,
 * carries out purges, sweeps, and closes idle views. Sweeping takes at most its part of a core.
 */
final class Maintenance implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);
    private static final int VERSIONS_PER_CUT = 32 << 10;
    private static final int SWEEP_PORTION = 4096;
    /** A long sweep moves its view now and then, so that it does not pin files and memory that are gone for others. */
    private static final int PORTIONS_PER_VIEW = 32;

    private final Store store;
    private final Views views;
    private final FeedListener listener;
    private final Watermark watermark;
    private final StorageConfiguration configuration;
    private final VersionBatch batch;
    private final Thread thread;
    private boolean stopping;
    private long flushedBytes;
    private long flushedNanos = System.nanoTime();
    private long trimmed;
    private long portionNanos;
    private boolean hotKeysSwept;

    Maintenance(
            Store store, Views views, FeedListener listener, Watermark watermark, StorageConfiguration configuration) {
        this.store = store;
        this.views = views;
        this.listener = listener;
        this.watermark = watermark;
        this.configuration = configuration;
        this.batch = store.newBatch();
        this.thread = new Thread(this, "storage-maintenance");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Returns when the thread has ended. */
    void stop() {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (pause(configuration.maintenanceIntervalNanos())) {
                flushIfDue();
                views.closeIdle();
                trim();
            }
        } catch (RuntimeException e) {
            listener.fail("maintenance failed: " + e.getMessage(), e);
        }
    }

    private void flushIfDue() {
        long applied = listener.bytesApplied();
        long now = System.nanoTime();
        if (applied == flushedBytes) {
            flushedNanos = now;
        } else if (applied - flushedBytes >= configuration.flushBytes()
                || now - flushedNanos >= configuration.flushIntervalNanos()) {
            flush();
        }
    }

    /**
     * Besides making data safe, a flush leaves removed versions behind and puts range removals above what they remove,
     * where a scan passes over them at once: in memory it would step over every removed version of a hot row.
     */
    private void flush() {
        long applied = listener.bytesApplied();
        store.database().flush();
        flushedBytes = applied;
        flushedNanos = System.nanoTime();
    }

    private void trim() {
        if (listener.failure() != null) {
            return;
        }
        long horizon = watermark.value() - configuration.retentionNanos();
        if (horizon <= store.horizon()) {
            return;
        }
        store.raiseHorizon(horizon);
        for (Purge purge : store.purges().due(horizon)) {
            purge(purge, horizon);
        }
        hotKeysSwept = false;
        for (GarbageMap.Due due = store.garbage().takeDue(horizon);
                due != null;
                due = store.garbage().takeDue(horizon)) {
            if (!sweep(due, horizon)) {
                return;
            }
        }
        if (hotKeysSwept) {
            flush();
        }
    }

    /** False if the thread is to end before the sweep was through. */
    private boolean sweep(GarbageMap.Due due, long horizon) {
        View view = views.acquire();
        try {
            Sweep sweep = new Sweep(view.reader(), due.from(), due.to(), horizon, VERSIONS_PER_CUT);
            try {
                for (int portion = 1; !sweepPortion(sweep, horizon); portion++) {
                    if (!rest()) {
                        return false;
                    }
                    flushIfDue();
                    if (portion % PORTIONS_PER_VIEW == 0) {
                        view.refresh();
                        sweep.viewMoved();
                    }
                }
                trimmed += sweep.removed();
                hotKeysSwept |= sweep.removedRanges();
                listener.trimmed(trimmed);
                store.garbage().swept(due.range(), sweep.kept(), sweep.cuts());
                return true;
            } finally {
                sweep.close();
            }
        } finally {
            views.release(view);
        }
    }

    private boolean sweepPortion(Sweep sweep, long horizon) {
        long start = System.nanoTime();
        boolean through = sweep.step(batch, SWEEP_PORTION);
        writeTrim(horizon);
        portionNanos = System.nanoTime() - start;
        return through;
    }

    /** Sleeps so that sweeping takes its part of a core; false if the thread is to end. */
    private boolean rest() {
        return pause((long) (portionNanos * (1 / configuration.trimEffort() - 1)));
    }

    /** The horizon goes with what was removed below it: after a crash older snapshots are still refused. */
    private void writeTrim(long horizon) {
        if (!batch.isEmpty()) {
            batch.state(AppliedState.HORIZON_KEY, AppliedState.encodeHorizon(horizon));
            store.database().write(batch);
            batch.clear();
        }
    }

    private void purge(Purge purge, long horizon) {
        byte[] from = VersionedKey.encode(purge.range().from());
        byte[] to = purge.range().to().length == 0
                ? behindLast()
                : VersionedKey.encode(purge.range().to());
        boolean any = Keys.compare(from, to) < 0;
        if (any) {
            batch.removeVersions(from, from.length, to, to.length);
        }
        batch.removeState(purge.stateKey());
        writeTrim(horizon);
        store.purges().done(purge);
        if (any) {
            store.cache().forget(purge.range());
            store.database().dropFiles(from, to);
            LOG.debug("purged {}", purge.range());
        }
    }

    private byte[] behindLast() {
        View view = views.acquire();
        try {
            VersionReader reader = view.reader();
            reader.iterator().seekToLast();
            return reader.loadKey() ? Arrays.copyOf(reader.key(), reader.keyLength() + 1) : Keys.EMPTY;
        } finally {
            views.release(view);
        }
    }

    /** Waits; false if the thread is to end. */
    private synchronized boolean pause(long nanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; left > 0 && !stopping; left = end - System.nanoTime()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            return false;
        }
        return !stopping;
    }
}
