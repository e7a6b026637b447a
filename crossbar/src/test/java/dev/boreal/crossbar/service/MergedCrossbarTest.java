package dev.boreal.crossbar.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.crossbar.CrossbarConfiguration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MergedCrossbarTest {
    private static final CrossbarConfiguration SMALL = new CrossbarConfiguration(8, 200, 16, 4_000);

    private final ScriptedJournal journal = new ScriptedJournal();
    private final MergedCrossbar crossbar = new MergedCrossbar(List.of(journal), SMALL);

    @AfterEach
    void close() {
        crossbar.close();
    }

    @Test
    void manyJournalsAreMergedInOrderForSeveralSubscribersFromDifferentStarts() throws InterruptedException {
        for (int seed = 1; seed <= 20; seed++) {
            Chance chance = new Chance(seed);
            int count = chance.between(1, 5);
            List<ScriptedJournal> journals = new ArrayList<>();
            List<FeedEntry> all = new ArrayList<>();
            for (int j = 0; j < count; j++) {
                journals.add(new ScriptedJournal());
            }
            try (MergedCrossbar many = new MergedCrossbar(journals, SMALL)) {
                RecordingSubscriber fromStart = new RecordingSubscriber();
                many.subscribe(KeyRange.ALL, FeedStart.BEGINNING, fromStart);
                List<Thread> writers = new ArrayList<>();
                for (int j = 0; j < count; j++) {
                    writers.add(write(journals.get(j), j, chance.fork(), all));
                }
                for (Thread writer : writers) {
                    writer.join();
                }
                fromStart.awaitWatermark(1_000_000);
                all.sort(Comparator.comparingLong(FeedEntry::timestamp).thenComparingInt(FeedEntry::journal));
                assertThat(fromStart.entries()).as("seed %s", seed).isEqualTo(all);
                assertThat(fromStart.broken()).isNull();
                resume(many, all, count, chance);
            }
        }
    }

    private static void resume(MergedCrossbar crossbar, List<FeedEntry> all, int journals, Chance chance) {
        int held = chance.below(all.size() + 1);
        long[] positions = new long[journals];
        for (FeedEntry entry : all.subList(0, held)) {
            positions[entry.journal()] = entry.position();
        }
        RecordingSubscriber resumed = new RecordingSubscriber();
        crossbar.subscribe(KeyRange.ALL, new FeedStart(positions), resumed);
        resumed.awaitWatermark(1_000_000);
        assertThat(resumed.entries()).isEqualTo(all.subList(held, all.size()));
        assertThat(resumed.broken()).isNull();
    }

    private static Thread write(ScriptedJournal journal, int index, Chance chance, List<FeedEntry> all) {
        return Thread.ofPlatform().start(() -> {
            long timestamp = 0;
            for (int i = 0; i < 200; i++) {
                timestamp += chance.between(1, 20);
                if (chance.oneIn(4)) {
                    journal.heartbeat(timestamp++);
                }
                WriteSet writes = new WriteSet.Builder(0)
                        .put(chance.bytes(4), chance.bytes(20))
                        .build();
                TransactionRecord record = TransactionRecord.commit(i, "", new long[0], writes);
                long position = journal.append(timestamp, record);
                synchronized (all) {
                    all.add(new FeedEntry(timestamp, index, position, record.writes(), true));
                }
            }
            journal.heartbeat(1_000_000);
        });
    }

    @Test
    void anAdvanceReachesAnIdleSubscriberOnTheAskingThread() {
        journal.onAdvance(journal::heartbeat);
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        journal.append(5, put(1));
        subscriber.awaitWatermark(5);
        crossbar.requestAdvance(70);
        assertThat(subscriber.watermark()).isEqualTo(70);
        assertThat(subscriber.watermarkThread()).isEqualTo(Thread.currentThread());
        assertThat(subscriber.broken()).isNull();
    }

    @Test
    void aWatermarkWaitsForEntriesBeforeIt() {
        RecordingSubscriber slow = new RecordingSubscriber(0);
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, slow);
        journal.append(5, put(1));
        journal.heartbeat(9);
        assertThat(slow.watermark()).isLessThan(5);
        slow.release();
        slow.awaitWatermark(9);
        assertThat(slow.broken()).isNull();
    }

    @Test
    void aSlowSubscriberHoldsNobodyUpAndIsNotBufferedWithoutBound() {
        RecordingSubscriber slow = new RecordingSubscriber(1);
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, slow);
        RecordingSubscriber quick = subscribe(KeyRange.ALL);
        for (int i = 1; i <= 5_000; i++) {
            journal.append(i, put(i));
        }
        quick.awaitWatermark(5_000);
        assertThat(quick.entries()).hasSize(5_000);
        assertThat(slow.entries().size()).isLessThanOrEqualTo(16);
        slow.release();
        slow.awaitWatermark(5_000);
        assertThat(slow.entries()).isEqualTo(quick.entries());
        assertThat(slow.broken()).isNull();
    }

    @Test
    void chunksComeBeforeTheirCommitInPiecesAndTheWatermarkBehindTheLast() {
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        long[] positions = new long[40];
        List<WriteSet> expected = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            TransactionRecord chunk = TransactionRecord.chunk(7, writes(i, 60));
            positions[i] = journal.append(10 + i, chunk);
            expected.add(chunk.writes());
            if (i % 10 == 0) {
                journal.append(10 + i + 1, put(i));
                i++;
                positions[i] = positions[i - 1];
                expected.add(chunk.writes());
            }
        }
        journal.append(100, TransactionRecord.chunk(8, writes(9, 60)));
        TransactionRecord commit = TransactionRecord.commit(7, "", positions, writes(99, 5));
        expected.add(commit.writes());
        long position = journal.append(200, commit);
        subscriber.awaitWatermark(200);
        List<FeedEntry> pieces = subscriber.entries().stream()
                .filter(entry -> entry.timestamp() == 200)
                .toList();
        assertThat(pieces.stream().map(FeedEntry::writes).toList()).isEqualTo(expected);
        assertThat(pieces.stream().map(FeedEntry::position).distinct().toList()).containsExactly(position);
        assertThat(pieces.subList(0, pieces.size() - 1)).noneMatch(FeedEntry::last);
        assertThat(pieces.getLast().last()).isTrue();
        assertThat(subscriber.batches()).allMatch(size -> size <= 8);
        assertThat(subscriber.entries()).hasSize(pieces.size() + 4);
        assertThat(subscriber.broken()).isNull();
    }

    @Test
    void aSubscriberOfARangeGetsItsPartAndOnlyWatermarksOfTheRest() {
        RecordingSubscriber low = subscribe(new KeyRange(new byte[0], new byte[] {10}));
        RecordingSubscriber none = subscribe(new KeyRange(new byte[] {100}, new byte[] {101}));
        long chunk = journal.append(1, TransactionRecord.chunk(7, writes(3, 4)));
        journal.append(2, put(50));
        journal.append(3, TransactionRecord.commit(7, "", new long[] {chunk}, writes(50, 4)));
        journal.append(4, put(9));
        low.awaitWatermark(4);
        none.awaitWatermark(4);
        assertThat(low.entries()).hasSize(3);
        assertThat(low.entries().get(0).writes()).isEqualTo(writes(3, 4));
        assertThat(low.entries().get(0).last()).isFalse();
        assertThat(low.entries().get(1).writes().isEmpty()).isTrue();
        assertThat(low.entries().get(1).last()).isTrue();
        assertThat(low.entries().get(2).timestamp()).isEqualTo(4);
        assertThat(none.entries()).isEmpty();
    }

    @Test
    void aCorruptPayloadClosesTheFeedAndSaysWhere() {
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        journal.append(1, put(1));
        journal.append(2, new byte[] {77});
        assertThat(subscriber.awaitClosed()).contains("journal 0").contains("position 2");
        assertThat(subscriber.watermark()).isLessThan(2);
        assertThat(journal.subscribers()).isZero();
    }

    @Test
    void aCommitThatNamesNoChunkClosesTheFeedAndSaysWhere() {
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        journal.append(1, put(1));
        journal.append(2, TransactionRecord.commit(7, "", new long[] {1}, WriteSet.EMPTY));
        assertThat(subscriber.awaitClosed()).contains("position 2").contains("chunk at position 1");
    }

    @Test
    void theEndOfAJournalsStreamIsTold() {
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        journal.closeStreams("closed");
        assertThat(subscriber.awaitClosed()).isEqualTo("journal 0: closed");
        assertThat(subscriber.trimmed()).isFalse();
        assertThat(subscriber.broken()).isNull();
    }

    @Test
    void aFeedWhoseContinuationWasTrimmedIsToldSo() {
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        journal.append(1, put(1));
        journal.heartbeat(2);
        subscriber.awaitWatermark(2);
        journal.trim(1);
        journal.closeStreams("behind");
        subscriber.awaitClosed();
        assertThat(subscriber.trimmed()).as("it has what was trimmed").isFalse();
        journal.trim(3);
        RecordingSubscriber late = new RecordingSubscriber();
        crossbar.subscribe(KeyRange.ALL, new FeedStart(new long[] {1}), late);
        journal.closeStreams("trimmed");
        assertThat(late.awaitClosed()).isEqualTo("journal 0: trimmed");
        assertThat(late.trimmed()).isTrue();
    }

    @Test
    void aJournalThatIsAwayForAWhileHoldsTheFeedAndNothingIsLost() {
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        journal.append(1, put(1));
        subscriber.awaitWatermark(1);
        journal.away(true);
        journal.append(2, put(2));
        journal.append(3, put(3));
        RecordingSubscriber unlucky = subscribe(KeyRange.ALL);
        assertThat(unlucky.awaitClosed()).contains("no replica answers");
        assertThat(unlucky.trimmed()).isFalse();
        assertThat(subscriber.watermark()).isEqualTo(1);
        journal.away(false);
        subscriber.awaitWatermark(3);
        assertThat(subscriber.entries()).hasSize(3);
        assertThat(subscriber.broken()).isNull();
    }

    @Test
    void tenuresMoveTheWatermarkAndAreNotDelivered() {
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        journal.append(5, TransactionRecord.tenure("somebody", 100));
        journal.append(7, put(1));
        journal.append(9, TransactionRecord.tenure("somebody", 200));
        subscriber.awaitWatermark(9);
        assertThat(subscriber.entries()).hasSize(1);
    }

    @Test
    void aJournalJoinsLive() {
        RecordingSubscriber subscriber = subscribe(KeyRange.ALL);
        journal.append(5, put(1));
        subscriber.awaitWatermark(5);
        ScriptedJournal second = new ScriptedJournal();
        crossbar.addJournal(second);
        journal.append(7, put(2));
        second.append(6, put(3));
        second.heartbeat(20);
        journal.heartbeat(20);
        subscriber.awaitWatermark(20);
        assertThat(subscriber.entries().stream().map(FeedEntry::timestamp).toList())
                .containsExactly(5L, 6L, 7L);
        assertThat(subscriber.entries().get(1).journal()).isEqualTo(1);
        assertThat(subscriber.broken()).isNull();
    }

    @Test
    void nothingComesAfterClose() {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        var subscription = crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, subscriber);
        journal.heartbeat(5);
        subscriber.awaitWatermark(5);
        subscription.close();
        journal.heartbeat(6);
        assertThat(subscriber.watermark()).isEqualTo(5);
    }

    @Test
    void whatAnAdvanceCosts() {
        AtomicLong watermark = new AtomicLong();
        journal.onAdvance(journal::heartbeat);
        crossbar.subscribe(KeyRange.ALL, FeedStart.BEGINNING, new RaiseOnly(watermark));
        long nanos = 0;
        for (int round = 0; round < 10; round++) {
            long begun = System.nanoTime();
            for (int i = 1; i <= 50_000; i++) {
                crossbar.requestAdvance(round * 50_000L + i);
            }
            nanos = System.nanoTime() - begun;
        }
        assertThat(watermark).hasValue(500_000);
        System.out.printf("MEASURED %d ns per advance through the crossbar (fake journal included)%n", nanos / 50_000);
        for (int i = 1; i <= 300_000; i++) {
            if (i == 100_001) {
                nanos = System.nanoTime();
            }
            journal.append(1_000_000 + i, put(i));
        }
        while (watermark.get() < 1_300_000) {
            Thread.onSpinWait();
        }
        System.out.printf("MEASURED %d ns per entry through a feed\n", (System.nanoTime() - nanos) / 200_000);
    }

    private record RaiseOnly(AtomicLong watermark) implements dev.boreal.contracts.door.Crossbar.FeedSubscriber {
        @Override
        public void onEntries(List<FeedEntry> entries) {}

        @Override
        public void onWatermark(long timestamp) {
            watermark.set(timestamp);
        }

        @Override
        public void onClosed(String reason) {}
    }

    private RecordingSubscriber subscribe(KeyRange range) {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        crossbar.subscribe(range, FeedStart.BEGINNING, subscriber);
        return subscriber;
    }

    private static TransactionRecord put(int key) {
        return TransactionRecord.commit(key, "", new long[0], writes(key, 10));
    }

    private static WriteSet writes(int key, int bytes) {
        return new WriteSet.Builder(0)
                .put(new byte[] {(byte) key}, new byte[bytes])
                .build();
    }
}
