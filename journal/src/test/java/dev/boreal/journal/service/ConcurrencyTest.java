package dev.boreal.journal.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.PendingAppend;
import dev.boreal.journal.RecordingSubscriber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
    private static final int APPENDERS = 4;
    private static final int APPENDS_EACH = 2_000;
    private static final int TOTAL = APPENDERS * APPENDS_EACH;

    @TempDir
    Path directory;

    /** Appends with rising timestamps from many threads, as an adjudicator does under its lock. */
    private static final class Appenders {
        private final DiskJournal journal;
        private final long epoch;
        private final Map<Long, PendingAppend> pending = new ConcurrentHashMap<>();
        private long timestamp;

        Appenders(DiskJournal journal, long epoch) {
            this.journal = journal;
            this.epoch = epoch;
        }

        synchronized void append() {
            timestamp += 2;
            PendingAppend append = new PendingAppend();
            pending.put(timestamp, append);
            journal.append(epoch, entry(timestamp), append);
        }

        synchronized void heartbeat() {
            timestamp += 1;
            journal.heartbeat(epoch, timestamp);
        }

        static JournalEntry entry(long timestamp) {
            int size = (int) (timestamp % 700);
            return new JournalEntry(
                    timestamp, ByteBuffer.allocate(8 + size).putLong(timestamp).array());
        }
    }

    @Test
    void keepsOneOrderForManyAppendersAndSubscribers() throws Exception {
        JournalConfiguration configuration =
                JournalConfiguration.defaults().withSegmentBytes(256 << 10).withHistoryBatch(64, 32 << 10);
        try (DiskJournal journal = DiskJournal.open(directory, configuration)) {
            long epoch = ((OpenOutcome.Opened) journal.open("writer", 0, timestamp -> {})).epoch();
            Appenders appenders = new Appenders(journal, epoch);
            List<RecordingSubscriber> subscribers = new ArrayList<>();
            List<EntrySubscription> thrifty = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                subscribe(journal, subscribers).request(Long.MAX_VALUE);
                thrifty.add(subscribe(journal, subscribers));
            }
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < APPENDERS; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < APPENDS_EACH; n++) {
                        appenders.append();
                        if (n % 64 == 0) {
                            Thread.onSpinWait();
                        }
                    }
                }));
            }
            AtomicBoolean done = new AtomicBoolean();
            Thread beats = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    appenders.heartbeat();
                    Thread.onSpinWait();
                }
            });
            Thread credit = Thread.ofPlatform().start(() -> {
                while (!done.get()) {
                    for (EntrySubscription subscription : thrifty) {
                        subscription.request(17);
                    }
                    Thread.onSpinWait();
                }
            });
            for (int i = 0; i < 5; i++) {
                Thread.sleep(5);
                subscribe(journal, subscribers).request(Long.MAX_VALUE);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (RecordingSubscriber subscriber : subscribers) {
                subscriber.awaitEntries(TOTAL);
            }
            done.set(true);
            beats.join();
            credit.join();
            appenders.heartbeat();
            for (RecordingSubscriber subscriber : subscribers) {
                subscriber.awaitWatermark(appenders.timestamp);
                assertThat(subscriber.violations()).isEmpty();
                assertThat(subscriber.entries())
                        .isEqualTo(subscribers.getFirst().entries());
            }
            subscribers.getFirst().entries().forEach(entry -> {
                assertThat(entry.entry())
                        .isEqualTo(Appenders.entry(entry.entry().timestamp()));
                assertThat(Objects.requireNonNull(
                                        appenders.pending.get(entry.entry().timestamp()))
                                .durable())
                        .isEqualTo(entry.position());
            });
        }
    }

    private static EntrySubscription subscribe(DiskJournal journal, List<RecordingSubscriber> subscribers) {
        RecordingSubscriber subscriber = new RecordingSubscriber(0);
        subscribers.add(subscriber);
        return journal.subscribe(0, subscriber);
    }

    @Test
    void closesBehindEverythingAcceptedAndRefusesTheRest() throws IOException {
        DiskJournal journal = DiskJournal.open(directory, JournalConfiguration.defaults());
        long epoch = ((OpenOutcome.Opened) journal.open("writer", 0, timestamp -> {})).epoch();
        RecordingSubscriber subscriber = new RecordingSubscriber(0);
        journal.subscribe(0, subscriber).request(1_000);
        List<PendingAppend> accepted = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            PendingAppend append = new PendingAppend();
            journal.append(epoch, Appenders.entry(i), append);
            accepted.add(append);
        }
        journal.close();
        for (PendingAppend append : accepted) {
            assertThat(append.isTold()).isTrue();
            append.durable();
        }
        assertThat(subscriber.awaitClosed()).contains("closed");
        assertThat(subscriber.violations()).isEmpty();
        PendingAppend late = new PendingAppend();
        journal.append(epoch, Appenders.entry(1_000), late);
        assertThat(late.refused()).isEqualTo(new AppendRefusal.Unavailable("the journal is closed", false));
        journal.close();
        try (DiskJournal again = DiskJournal.open(directory, JournalConfiguration.defaults())) {
            assertThat(again.lastDurablePosition()).isEqualTo(500);
            assertThat(again.tornTail()).isNull();
        }
    }
}
