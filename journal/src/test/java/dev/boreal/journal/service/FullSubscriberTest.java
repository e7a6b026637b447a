package dev.boreal.journal.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.PendingAppend;
import dev.boreal.journal.RecordingSubscriber;
import dev.boreal.journal.disk.FakeDisk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullSubscriberTest {
    /** Has room when it is told so. */
    private static final class Filling implements EntrySubscriber {
        private final RecordingSubscriber heard = new RecordingSubscriber(0);
        private volatile boolean full = true;

        @Override
        public void onEntries(List<PositionedEntry> entries) {
            heard.onEntries(entries);
        }

        @Override
        public void onWatermark(long timestamp) {
            heard.onWatermark(timestamp);
        }

        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public void onClosed(String reason) {
            heard.onClosed(reason);
        }
    }

    @Test
    void givesAFullSubscriberNeitherHistoryNorWhatIsNewUntilItHasRoom() throws IOException {
        try (DiskJournal journal = DiskJournal.open(
                new FakeDisk(new Chance(1)), JournalConfiguration.defaults().withSegmentBytes(64 << 10))) {
            long epoch = ((OpenOutcome.Opened) journal.open("writer", 0, timestamp -> {})).epoch();
            append(journal, epoch, 1, 10);
            Filling filling = new Filling();
            EntrySubscription subscription = journal.subscribe(0, filling);
            subscription.request(100);
            RecordingSubscriber other = new RecordingSubscriber(0);
            journal.subscribe(0, other).request(100);
            other.awaitEntries(10);
            assertThat(filling.heard.entries()).isEmpty();

            filling.full = false;
            subscription.request(0);
            filling.heard.awaitEntries(10).awaitWatermark(10);

            filling.full = true;
            append(journal, epoch, 11, 20);
            other.awaitEntries(20);
            assertThat(filling.heard.entries()).hasSize(10);
            assertThat(filling.heard.watermark()).isLessThan(11);

            filling.full = false;
            subscription.request(0);
            filling.heard.awaitEntries(20).awaitWatermark(20);
            assertThat(filling.heard.violations()).isEmpty();
        }
    }

    private static void append(DiskJournal journal, long epoch, int from, int to) {
        for (int timestamp = from; timestamp <= to; timestamp++) {
            PendingAppend pending = new PendingAppend();
            journal.append(epoch, new JournalEntry(timestamp, new byte[100]), pending);
            pending.durable();
        }
    }
}
