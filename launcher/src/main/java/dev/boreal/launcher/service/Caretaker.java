package dev.boreal.launcher.service;

import dev.boreal.adjudicator.service.JournaledAdjudicator;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.journal.service.DiskJournal;
import dev.boreal.storage.service.StorageRoom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that trims the journal, and tells the log when a room gave up. Trims up to what storage has on disk, what
 * the adjudicator needs no more, and what is older than twice the retention: a part of a large transaction lies in the
 * journal for up to one retention before the commit that names it, and that one for another before nobody reads below it.
 */
final class Caretaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
    private static final int NOTES = 32;
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(5);

    private final DiskJournal journal;
    private final JournaledAdjudicator adjudicator;
    private final StorageRoom storage;
    private final TrimSchedule schedule;
    private final long periodNanos;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private long trimmed;
    private @Nullable String toldJournal;
    private @Nullable String toldStorage;

    Caretaker(DiskJournal journal, JournaledAdjudicator adjudicator, StorageRoom storage, Duration retention) {
        this.journal = journal;
        this.adjudicator = adjudicator;
        this.storage = storage;
        long age = Math.multiplyExact(2, retention.toNanos());
        schedule = new TrimSchedule(age, NOTES);
        periodNanos = Math.min(LONGEST_PERIOD.toNanos(), Math.max(1, age / NOTES));
        thread = Thread.ofPlatform().name("caretaker").daemon(true).start(this::run);
    }

    private void run() {
        try {
            while (!stopped.await(periodNanos, TimeUnit.NANOSECONDS)) {
                round(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(long now) {
        toldJournal = tell("the journal takes no more commits", journal.unavailable(), toldJournal);
        toldStorage = tell("storage follows no longer", storage.failure(), toldStorage);
        schedule.note(now, journal.lastDurablePosition());
        try {
            long persisted = storage.persistedPositions().position(0);
            long position = Math.min(schedule.oldEnough(now), adjudicator.trimmable(persisted));
            if (position > trimmed) {
                journal.trim(position);
                trimmed = position;
            }
        } catch (ReadRefused e) {
            LOG.debug("nothing is trimmed while storage is unavailable", e);
        }
    }

    private static @Nullable String tell(String what, @Nullable String reason, @Nullable String told) {
        if (reason != null && !reason.equals(told)) {
            LOG.error("{}: {}. What was acknowledged is safe. Repair the cause and restart", what, reason);
        }
        return reason;
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
