package dev.boreal.adjudicator.service;

import dev.boreal.adjudicator.AdjudicatorCore;
import dev.boreal.adjudicator.tenure.TenureEntry;
import dev.boreal.clock.Clock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes the records of a tenure that has an end: when they are due, when it is given back, and as marks behind everything
 * that was appended before. Like commits they are handed to the journal under the core's lock.
 */
final class TenureKeeper {
    private final Journal journal;
    private final long epoch;
    private final String owner;
    private final Clock clock;
    private final ReentrantLock lock;
    private final AdjudicatorCore core; // guarded by lock
    private final Heartbeats heartbeats;
    private final Consumer<AppendRefusal> whenRefused;
    private volatile boolean held;

    TenureKeeper(
            Journal journal,
            long epoch,
            String owner,
            Clock clock,
            ReentrantLock lock,
            AdjudicatorCore core,
            Heartbeats heartbeats,
            Consumer<AppendRefusal> whenRefused) {
        this.journal = journal;
        this.epoch = epoch;
        this.owner = owner;
        this.clock = clock;
        this.lock = lock;
        this.core = core;
        this.heartbeats = heartbeats;
        this.whenRefused = whenRefused;
    }

    /** Hears what became of a record. Must not block. */
    interface MarkListener {
        MarkListener NONE = new MarkListener() {
            @Override
            public void onDurable(long position) {}

            @Override
            public void onRefused() {}
        };

        /** It and everything appended before it are durable. */
        void onDurable(long position);

        /** Whether it will be durable is not known. */
        void onRefused();
    }

    /** Whether a record of the tenure is durable. */
    boolean isHeld() {
        return held;
    }

    /** Under the lock. */
    void renewIfDue() {
        TenureEntry due = core.renew(clock.latest());
        if (due != null) {
            write(due, MarkListener.NONE);
        }
    }

    /** Under the lock. */
    void mark(MarkListener listener) {
        write(core.mark(clock.latest()), listener);
    }

    /** Under the lock. */
    void giveBack(MarkListener listener) {
        write(core.giveBack(clock.latest()), listener);
    }

    private void write(TenureEntry entry, MarkListener listener) {
        Written written = new Written(entry, listener);
        heartbeats.beforeAppend(entry.timestamp());
        journal.append(epoch, entry.entry(owner), written);
        if (!written.refused) {
            heartbeats.appended(entry.timestamp());
        }
    }

    private final class Written implements Journal.AppendListener {
        private final TenureEntry entry;
        private final MarkListener listener;
        private volatile boolean refused;

        Written(TenureEntry entry, MarkListener listener) {
            this.entry = entry;
            this.listener = listener;
        }

        @Override
        public void onDurable(long position) {
            lock.lock();
            try {
                core.tenureDurable(entry);
            } finally {
                lock.unlock();
            }
            held = true;
            listener.onDurable(position);
        }

        @Override
        public void onRefused(AppendRefusal refusal) {
            refused = true;
            lock.lock();
            try {
                core.tenureRefused(entry);
            } finally {
                lock.unlock();
            }
            whenRefused.accept(refusal);
            listener.onRefused();
        }
    }
}
