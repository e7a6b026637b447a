package dev.boreal.adjudicator.service;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.AdjudicatorCore;
import dev.boreal.adjudicator.order.LeadEstimate;
import dev.boreal.clock.Clock;
import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Journal;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watermark promises: on demand, before each append, and from time to time. A wish is met at once, unless it lies
 * further ahead than the lead: that is a matter of another machine's clock.
 *
 * <p>The way on demand runs for nearly every statement that reads, on many threads. Three things keep it short. A
 * request at or below the last promise ends after one volatile read: the promise has been delivered, or stands in the
 * journal behind entries that must be delivered first. A promise reaches {@code now + lead}, so that it also serves
 * every snapshot of the next lead. And a thread that finds the lock taken leaves its wish to the holder instead of
 * waiting: whoever releases the lock looks for wishes once more.
 */
final class Heartbeats implements Journal.Writer, AutoCloseable {
    private static final int SPINS = 64;
    private static final long EXPIRE_EVERY_NANOS = 1_000_000_000;

    private final Journal journal;
    private final long epoch;
    private final Clock clock;
    private final Timer timer;
    private final ReentrantLock lock;
    private final AdjudicatorCore core; // guarded by lock
    private final LeadEstimate lead;
    private final long interval;
    private final long idleInterval;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicBoolean chasing = new AtomicBoolean();
    private volatile long promised;
    private volatile boolean closed;
    private volatile @Nullable TenureKeeper keeper;
    private long lastExpiry; // guarded by lock

    Heartbeats(
            AdjudicatorConfiguration configuration,
            Journal journal,
            long epoch,
            Clock clock,
            Timer timer,
            ReentrantLock lock,
            AdjudicatorCore core,
            LeadEstimate lead) {
        this.journal = journal;
        this.epoch = epoch;
        this.clock = clock;
        this.timer = timer;
        this.lock = lock;
        this.core = core;
        this.lead = lead;
        this.interval = configuration.heartbeatInterval().toNanos();
        this.idleInterval = configuration.idleHeartbeatInterval().toNanos();
    }

    void start() {
        tick();
    }

    /** The tenure has an end: its records are written in the same rhythm. */
    void start(TenureKeeper tenureKeeper) {
        keeper = tenureKeeper;
        tick();
    }

    @Override
    public void advanceRequested(long timestamp) {
        if (timestamp <= promised || closed) {
            return;
        }
        if (tryLock()) {
            try {
                promise(timestamp);
            } finally {
                lock.unlock();
            }
        } else if (timestamp > promised) {
            wanted.accumulateAndGet(timestamp, Math::max);
        } else {
            return;
        }
        serveWanted();
        chaseIfWanted();
    }

    private boolean tryLock() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** To be called by whoever has released the lock: serves those that found it taken. */
    void serveWanted() {
        if (wanted.get() > promised && lock.tryLock()) {
            try {
                promise(wanted.get());
            } finally {
                lock.unlock();
            }
        }
    }

    /** Under the lock. */
    private void promise(long requested) {
        if (closed || (requested != 0 && requested <= promised)) {
            return;
        }
        long promise = core.promise(requested, clock.latest(), lead.nanos());
        if (promise != 0) {
            journal.heartbeat(epoch, promise);
            promised = promise;
        }
        if (requested > promised) {
            wanted.accumulateAndGet(requested, Math::max);
        }
    }

    /** An entry with this timestamp goes to the journal next: whatever lies below is settled. Under the lock. */
    void beforeAppend(long timestamp) {
        long promise = core.promiseBefore(timestamp);
        if (promise > promised) {
            journal.heartbeat(epoch, promise);
            promised = promise;
        }
    }

    /** The journal took the entry: its own delivery raises the watermark to it. Under the lock. */
    void appended(long timestamp) {
        promised = timestamp;
    }

    private void tick() {
        if (closed) {
            return;
        }
        boolean found = lock.tryLock();
        if (found) {
            try {
                TenureKeeper tenureKeeper = keeper;
                if (tenureKeeper != null) {
                    tenureKeeper.renewIfDue();
                }
                promise(wanted.get() > promised ? wanted.get() : 0);
                long now = clock.latest();
                if (now - lastExpiry >= EXPIRE_EVERY_NANOS) {
                    lastExpiry = now;
                    core.expire(now);
                }
            } finally {
                lock.unlock();
            }
            serveWanted();
        }
        timer.after(found ? idleInterval : interval, this::tick);
    }

    /** What nobody can promise yet is looked at again soon, until it is promised. */
    private void chaseIfWanted() {
        if (wanted.get() > promised && !closed && !chasing.get() && chasing.compareAndSet(false, true)) {
            timer.after(interval, this::chase);
        }
    }

    private void chase() {
        serveWanted();
        chasing.set(false);
        chaseIfWanted();
    }

    @Override
    public void close() {
        closed = true;
    }
}
