package dev.boreal.journal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.PendingAppend;
import dev.boreal.journal.RecordingSubscriber;
import dev.boreal.journal.disk.FakeDisk;
import dev.boreal.journal.disk.FakeDisk.End;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskFailureTest {
    private static final JournalConfiguration CONFIGURATION =
            JournalConfiguration.defaults().withSegmentBytes(16 << 10);
    private static final String FIRST = "000000000001.segment";

    private FakeDisk disk = new FakeDisk(new Chance(1));

    private static long openEpoch(DiskJournal journal) {
        return ((OpenOutcome.Opened) journal.open("writer", journal.currentEpoch(), timestamp -> {})).epoch();
    }

    private static PendingAppend append(DiskJournal journal, long epoch, long timestamp, int bytes) {
        PendingAppend pending = new PendingAppend();
        journal.append(epoch, new JournalEntry(timestamp, new byte[bytes]), pending);
        return pending;
    }

    @Test
    void acknowledgesNothingOnceASyncFailedAndServesWhatIsDurable() throws IOException {
        DiskJournal journal = DiskJournal.open(disk, CONFIGURATION);
        long epoch = openEpoch(journal);
        append(journal, epoch, 1, 100).durable();
        RecordingSubscriber subscriber = new RecordingSubscriber(0);
        journal.subscribe(0, subscriber).request(100);
        subscriber.awaitEntries(1);
        disk.failNextSync(FIRST);
        AppendRefusal refused = append(journal, epoch, 2, 100).refused();
        assertThat(refused).isInstanceOf(AppendRefusal.Unavailable.class);
        assertThat(((AppendRefusal.Unavailable) refused).mayBeDurable()).isTrue();
        assertThat(((AppendRefusal.Unavailable) refused).message()).contains("Input/output error");

        AppendRefusal next = append(journal, epoch, 3, 100).refused();
        assertThat(((AppendRefusal.Unavailable) next).mayBeDurable()).isFalse();
        assertThat(journal.open("other", epoch, timestamp -> {})).isInstanceOf(OpenOutcome.Unavailable.class);
        assertThatThrownBy(() -> journal.seal(epoch)).isInstanceOf(IllegalStateException.class);
        assertThat(journal.unavailable()).contains("Input/output error");

        assertThat(journal.lastDurablePosition()).isEqualTo(1);
        assertThat(journal.read(1).entry().timestamp()).isEqualTo(1);
        RecordingSubscriber late = new RecordingSubscriber(0);
        journal.subscribe(0, late).request(100);
        late.awaitEntries(1).awaitWatermark(1);
        journal.heartbeat(epoch, 10);
        assertThat(subscriber.watermark()).isLessThan(2);
        assertThat(late.watermark()).isLessThan(2);
        journal.close();
        assertThat(subscriber.entries()).hasSize(1);
    }

    @Test
    void writesAgainWhatAFailedSyncLeftInTheCacheBeforeItCallsItDurable() throws IOException {
        DiskJournal journal = DiskJournal.open(disk, CONFIGURATION);
        long epoch = openEpoch(journal);
        append(journal, epoch, 1, 100).durable();
        disk.failNextSync(FIRST);
        append(journal, epoch, 2, 100).refused();
        journal.close();
        disk = disk.after(End.KILLED);
        DiskJournal again = DiskJournal.open(disk, CONFIGURATION);
        long found = again.lastDurablePosition();
        assertThat(found).isEqualTo(2);
        disk = disk.after(End.NOTHING_KEPT);
        try (DiskJournal third = DiskJournal.open(disk, CONFIGURATION)) {
            assertThat(third.lastDurablePosition()).isEqualTo(found);
        }
    }

    @Test
    void refusesAppendsOnAFullDiskAndGoesOnWhenThereIsRoomAgain() throws IOException {
        disk.limitCapacity(50 << 10);
        DiskJournal journal = DiskJournal.open(disk, CONFIGURATION);
        long epoch = openEpoch(journal);
        long acknowledged = 0;
        AppendRefusal refusal = new AppendRefusal.Overloaded();
        boolean refused = false;
        for (long timestamp = 1; !refused && timestamp < 1_000; timestamp++) {
            Object outcome = append(journal, epoch, timestamp, 1_000).await();
            if (outcome instanceof Long position) {
                acknowledged = position;
            } else {
                refusal = (AppendRefusal) outcome;
                refused = true;
            }
        }
        assertThat(refusal).isInstanceOf(AppendRefusal.Unavailable.class);
        assertThat(((AppendRefusal.Unavailable) refusal).message()).contains("No space left on device");
        assertThat(acknowledged).isGreaterThan(20);
        assertThat(append(journal, epoch, 2_000, 10).refused()).isInstanceOf(AppendRefusal.Unavailable.class);
        assertThat(journal.read(acknowledged).position()).isEqualTo(acknowledged);
        journal.close();
        disk.limitCapacity(Long.MAX_VALUE);
        try (DiskJournal again = DiskJournal.open(disk, CONFIGURATION)) {
            assertThat(again.lastDurablePosition()).isGreaterThanOrEqualTo(acknowledged);
            assertThat(append(again, openEpoch(again), 3_000, 1_000).durable()).isGreaterThan(acknowledged);
        }
    }

    @Test
    void refusesWhatTheQueueCannotHold() throws Exception {
        try (DiskJournal journal = DiskJournal.open(disk, CONFIGURATION.withQueue(4, 1 << 20))) {
            long epoch = openEpoch(journal);
            List<PendingAppend> accepted = new ArrayList<>();
            try (FakeDisk.Gate gate = disk.holdSyncs(FIRST)) {
                accepted.add(append(journal, epoch, 1, 10));
                gate.awaitHeld();
                for (long timestamp = 2; timestamp <= 5; timestamp++) {
                    accepted.add(append(journal, epoch, timestamp, 10));
                }
                PendingAppend refused = append(journal, epoch, 6, 10);
                assertThat(refused.isTold()).isTrue();
                assertThat(refused.refused()).isEqualTo(new AppendRefusal.Overloaded());
            }
            for (PendingAppend append : accepted) {
                append.durable();
            }
        }
    }

    @Test
    void boundsTheQueueByBytesWithoutStarvingLargeEntries() throws Exception {
        try (DiskJournal journal = DiskJournal.open(disk, CONFIGURATION.withQueue(100, 1_000))) {
            long epoch = openEpoch(journal);
            PendingAppend large;
            try (FakeDisk.Gate gate = disk.holdSyncs(FIRST)) {
                append(journal, epoch, 1, 10);
                gate.awaitHeld();
                append(journal, epoch, 2, 10);
                large = append(journal, epoch, 3, 5_000);
                assertThat(append(journal, epoch, 4, 10).refused()).isEqualTo(new AppendRefusal.Overloaded());
            }
            assertThat(large.durable()).isEqualTo(3);
        }
    }

    @Test
    void tellsHeartbeatsWhileASyncIsUnderWayOnlyBehindItsEntries() throws Exception {
        try (DiskJournal journal = DiskJournal.open(disk, CONFIGURATION)) {
            long epoch = openEpoch(journal);
            RecordingSubscriber subscriber = new RecordingSubscriber(0);
            journal.subscribe(0, subscriber).request(100);
            journal.heartbeat(epoch, 5);
            subscriber.awaitWatermark(5);
            PendingAppend pending;
            try (FakeDisk.Gate gate = disk.holdSyncs(FIRST)) {
                pending = append(journal, epoch, 10, 10);
                gate.awaitHeld();
                journal.heartbeat(epoch, 20);
                assertThat(subscriber.events()).containsExactly("watermark 5");
            }
            pending.durable();
            subscriber.awaitWatermark(20);
            assertThat(subscriber.events()).containsExactly("watermark 5", "entry 1", "watermark 20");
        }
    }
}
