package dev.boreal.adjudicator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.AdjudicatorCore;
import dev.boreal.adjudicator.Decision;
import dev.boreal.adjudicator.Requests;
import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.adjudicator.tenure.Tenure;
import dev.boreal.clock.Chance;
import dev.boreal.clock.Clock;
import dev.boreal.clock.ManualClock;
import dev.boreal.clock.SystemClock;
import dev.boreal.clock.SystemTimer;
import dev.boreal.contracts.door.Adjudicator.StageOutcome;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JournaledAdjudicatorTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long LEAD = 1_000;
    private static final AdjudicatorConfiguration CONFIGURATION =
            AdjudicatorConfiguration.defaults().withFixedLead(Duration.ofNanos(LEAD));

    private final ManualClock clock = new ManualClock(START);
    private final ManualTimer timer = new ManualTimer();
    private final MemoryJournal journal = new MemoryJournal();
    private final BlockingQueue<CommitOutcome> outcomes = new LinkedBlockingQueue<>();
    private final List<JournaledAdjudicator> opened = new ArrayList<>();
    private final JournaledAdjudicator adjudicator = open(journal, clock);

    @AfterEach
    void close() {
        clock.advance(10_000_000_000L);
        opened.forEach(JournaledAdjudicator::close);
    }

    @Test
    void theAnswerWaitsForTheJournalAndForTheClock() throws InterruptedException {
        clock.advance(5_000_000);
        adjudicator.commit(write(1, clock.latest(), 1), outcomes::add);
        assertThat(outcomes).isEmpty();
        journal.sync();
        assertThat(outcomes.poll(20, TimeUnit.MILLISECONDS)).isNull();
        clock.advance(LEAD);
        assertThat(outcomes.poll(20, TimeUnit.MILLISECONDS)).isNull();
        clock.advance(1);
        assertThat(take()).isEqualTo(new CommitOutcome.Committed(START + 5_000_000 + LEAD));
    }

    @Test
    void aClockThatHasPassedAlreadyAnswersOnTheJournalsThread() throws InterruptedException {
        clock.advance(5_000_000);
        Thread[] answeredOn = new Thread[1];
        adjudicator.commit(write(1, clock.latest(), 1), outcome -> {
            answeredOn[0] = Thread.currentThread();
            outcomes.add(outcome);
        });
        clock.advance(LEAD + 1);
        journal.sync();
        assertThat(take()).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(answeredOn[0]).isEqualTo(Thread.currentThread());
    }

    @Test
    void aJournalThatIsDurableAtOnceIsAnsweredOutsideTheLock() {
        journal.makeDurableAtOnce();
        CompletableFuture<CommitOutcome> second = new CompletableFuture<>();
        adjudicator.commit(
                write(1, START + 3_000_000, 1),
                outcome -> adjudicator.commit(write(2, START + 4_000_000, 2), second::complete));
        clock.advance(1_000_000_000);
        while (!second.isDone()) {
            clock.advance(LEAD);
            Thread.onSpinWait();
        }
        assertThat(second.join()).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aConflictIsAnsweredAtOnceWhileTheWinnerIsStillInFlight() throws InterruptedException {
        long snapshot = START + 3_000_000;
        adjudicator.commit(write(1, snapshot, 1), outcome -> {});
        adjudicator.commit(write(2, snapshot, 1), outcomes::add);
        assertThat(take()).isInstanceOf(CommitOutcome.Conflicted.class);
    }

    @Test
    void readersWithinTheLeadNeedNotWaitForAnEntryInFlight() {
        clock.advance(5_000_000);
        adjudicator.commit(write(1, clock.latest(), 1), outcomes::add);
        List<MemoryJournal.Item> stream = journal.stream();
        MemoryJournal.Item entry = stream.getLast();
        assertThat(entry.timestamp()).isEqualTo(clock.latest() + LEAD);
        assertThat(stream.get(stream.size() - 2)).isEqualTo(new MemoryJournal.Item(clock.latest() + LEAD - 1, null));
    }

    @Test
    void anAdvanceIsAnsweredOnTheCallingThreadAndReachesOverTheLead() {
        clock.advance(5_000_000);
        journal.requestAdvance(clock.latest());
        assertThat(journal.watermark()).isEqualTo(clock.latest() + LEAD);
        int items = journal.stream().size();
        clock.advance(LEAD);
        journal.requestAdvance(clock.latest());
        assertThat(journal.stream()).hasSize(items);
        clock.advance(1);
        journal.requestAdvance(clock.latest());
        assertThat(journal.watermark()).isEqualTo(clock.latest() + LEAD);
    }

    @Test
    void anAdvanceFarAheadIsMetByLaterHeartbeats() {
        long far = clock.latest() + 50_000_000;
        journal.requestAdvance(far);
        assertThat(journal.watermark()).isLessThan(far);
        for (int i = 0; i < 60; i++) {
            clock.advance(1_000_000);
            timer.fire();
        }
        assertThat(journal.watermark()).isGreaterThanOrEqualTo(far);
        assertThat(timer.fire()).containsExactly(100_000_000L);
    }

    @Test
    void heartbeatsComeSlowlyButSoonForAWishAheadOfTheLead() {
        assertThat(timer.fire()).containsExactly(100_000_000L);
        clock.advance(10_000_000);
        journal.requestAdvance(clock.latest());
        assertThat(timer.fire()).containsExactly(100_000_000L);
        journal.requestAdvance(clock.latest() + 50_000_000);
        assertThat(timer.fire()).containsExactlyInAnyOrder(1_000_000L, 100_000_000L);
        clock.advance(50_000_000);
        timer.fire();
        assertThat(timer.fire()).containsExactly(100_000_000L);
        assertThat(journal.watermark()).isEqualTo(clock.latest() + LEAD);
    }

    @Test
    void aFencedAdjudicatorStepsDown() throws InterruptedException {
        JournaledAdjudicator successor = open(journal, clock);
        adjudicator.commit(write(1, START + 9_000_000, 1), outcomes::add);
        assertThat(refusal(take())).isEqualTo(RefusalReason.NOT_LEADER);
        assertThat(adjudicator.isLeading()).isFalse();
        adjudicator.commit(write(1, START + 9_000_000, 1), outcomes::add);
        assertThat(refusal(take())).isEqualTo(RefusalReason.NOT_LEADER);
        assertThat(adjudicator.stage(1, WriteSet.EMPTY))
                .isInstanceOfSatisfying(
                        StageOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_LEADER));
        successor.commit(write(2, START + 9_000_000, 1), outcomes::add);
        clock.advance(20_000_000);
        journal.sync();
        assertThat(take()).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aSuccessorStartsAboveWhatItsPredecessorMayHavePromised() {
        journal.requestAdvance(Long.MAX_VALUE);
        long promised = journal.watermark();
        JournaledAdjudicator successor = open(journal, clock);
        successor.commit(write(1, clock.latest() + 3_000_000, 1), outcomes::add);
        assertThat(journal.stream().getLast().timestamp()).isGreaterThan(promised);
        successor.commit(write(2, START, 1), outcomes::add);
        assertThat(refusal(outcomes.remove())).isEqualTo(RefusalReason.SNAPSHOT_TOO_OLD);
    }

    @Test
    void eachRefusalOfTheJournalHasItsOutcome() throws InterruptedException {
        journal.refuseNext(new AppendRefusal.Overloaded());
        adjudicator.commit(write(1, START + 9_000_000, 1), outcomes::add);
        assertThat(refusal(take())).isEqualTo(RefusalReason.OVERLOADED);
        journal.refuseNext(new AppendRefusal.TooLarge(10));
        adjudicator.commit(write(1, START + 9_000_000, 1), outcomes::add);
        assertThat(refusal(take())).isEqualTo(RefusalReason.TOO_LARGE);
        journal.refuseNext(new AppendRefusal.NotMonotonic(START + 9_500_000));
        adjudicator.commit(write(1, START + 9_000_000, 1), outcomes::add);
        assertThat(refusal(take())).isEqualTo(RefusalReason.OVERLOADED);
        adjudicator.commit(write(1, START + 9_000_000, 1), outcomes::add);
        journal.fail(new AppendRefusal.Unavailable("disk is gone", true));
        assertThat(take()).isEqualTo(new CommitOutcome.Indeterminate("disk is gone"));
        adjudicator.commit(write(1, START + 10_000_000, 1), outcomes::add);
        assertThat(refusal(take())).isEqualTo(RefusalReason.JOURNAL_UNAVAILABLE);
    }

    @Test
    void anEntryThatTheJournalRefusedAtOnceLeavesNoMemory() throws InterruptedException {
        journal.refuseNext(new AppendRefusal.Overloaded());
        adjudicator.commit(write(1, START + 9_000_000, 1), outcomes::add);
        take();
        adjudicator.commit(write(2, START + 9_000_000, 1), outcomes::add);
        clock.advance(20_000_000);
        journal.sync();
        assertThat(take()).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aChunkIsDurableBeforeItsPositionIsTold() {
        MemoryJournal syncing = new MemoryJournal().startSyncing();
        JournaledAdjudicator other = open(syncing, clock);
        WriteSet writes =
                new WriteSet.Builder(0).put(new byte[] {1}, new byte[] {2}).build();
        StageOutcome outcome = other.stage(7, writes);
        assertThat(outcome).isEqualTo(new StageOutcome.Staged(1));
        assertThat(syncing.lastDurablePosition()).isEqualTo(1);
        TransactionRecord record =
                TransactionRecord.decode(syncing.read(1).entry().payload());
        assertThat(record.kind()).isEqualTo(TransactionRecord.Kind.CHUNK);
        assertThat(record.writes()).isEqualTo(writes);
        assertThat(other.trimmable(1)).isZero();
    }

    @Test
    void promisesNeverPassAnEntryThatIsStillToBeAppended() {
        for (int seed = 1; seed <= 20; seed++) {
            assertThat(StreamCheck.check(streamOfCore(seed, false)))
                    .as("seed %s", seed)
                    .isNull();
        }
    }

    @Test
    void aHeartbeatThatPassesAnUnappendedCommitIsCaught() {
        for (int seed = 1; seed <= 20; seed++) {
            assertThat(StreamCheck.check(streamOfCore(seed, true)))
                    .as("seed %s", seed)
                    .isNotNull();
        }
    }

    /** The stream that a core asks for; the planted bug sends a heartbeat between the decision and the append. */
    private static List<MemoryJournal.Item> streamOfCore(int seed, boolean planted) {
        Chance chance = new Chance(seed);
        AdjudicatorCore core = new AdjudicatorCore(CONFIGURATION, new Tenure(1, START, 0));
        List<MemoryJournal.Item> stream = new ArrayList<>();
        long now = START + 10_000;
        for (int i = 0; i < 500; i++) {
            now += chance.below(5_000) - 1_000;
            long promise = core.promise(now + chance.below(2_000), now, chance.below(1_000));
            if (promise != 0) {
                stream.add(new MemoryJournal.Item(promise, null));
            }
            CommitRequest request = write(i + 1, now, chance.below(100));
            WriteFootprint footprint = WriteFootprint.of(request.record().writes());
            if (core.decide(request, footprint, now, chance.below(1_000)) instanceof Decision.Append append) {
                if (planted && chance.oneIn(50)) {
                    stream.add(new MemoryJournal.Item(core.promise(Long.MAX_VALUE, now, LEAD), null));
                }
                core.appended(request, append);
                stream.add(new MemoryJournal.Item(
                        append.timestamp(),
                        new JournalEntry(append.timestamp(), request.record().bytes())));
            }
        }
        return stream;
    }

    @Test
    void whatBecomesDurableAfterCloseIsAnsweredAllTheSame() throws InterruptedException {
        adjudicator.commit(write(1, START + 9_000_000, 1), outcomes::add);
        adjudicator.close();
        journal.sync();
        assertThat(take()).isInstanceOf(CommitOutcome.Indeterminate.class);
        adjudicator.commit(write(2, START + 9_000_000, 2), outcomes::add);
        assertThat(refusal(take())).isEqualTo(RefusalReason.NOT_LEADER);
    }

    @Test
    void manyThreadsCommitAndAskAndTheStreamHolds() throws InterruptedException {
        Clock system = new SystemClock(0);
        MemoryJournal syncing = new MemoryJournal().startSyncing();
        SystemTimer systemTimer = new SystemTimer("test-timer");
        var began = (TenureOutcome.Began)
                JournaledAdjudicator.open(syncing, "test", AdjudicatorConfiguration.defaults(), system, systemTimer);
        JournaledAdjudicator busy = began.adjudicator();
        AtomicLong committed = new AtomicLong();
        AtomicLong notCommitted = new AtomicLong();
        AtomicLong behind = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int number = t;
            threads.add(Thread.ofPlatform().start(() -> {
                Chance chance = new Chance(number);
                for (int i = 0; i < 2_000; i++) {
                    long snapshot = system.latest();
                    if (number < 4) {
                        CommitOutcome outcome =
                                busy.commit(write(number * 10_000L + i + 1, snapshot, chance.below(50)));
                        switch (outcome) {
                            case CommitOutcome.Committed(long timestamp) -> {
                                committed.incrementAndGet();
                                if (system.earliest() <= timestamp) {
                                    behind.incrementAndGet();
                                }
                            }
                            default -> notCommitted.incrementAndGet();
                        }
                    } else {
                        syncing.requestAdvance(snapshot);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(StreamCheck.check(syncing.stream())).isNull();
        assertThat(behind).hasValue(0);
        assertThat(committed.get() + notCommitted.get()).isEqualTo(8_000);
        long entries = syncing.stream().stream().filter(i -> i.entry() != null).count();
        assertThat(entries).isEqualTo(committed.get()).isGreaterThan(1_000);
        assertThat(busy.statistics().commits()).isEqualTo(committed.get());
        long last = system.latest();
        syncing.requestAdvance(last);
        assertThat(syncing.watermark()).isGreaterThanOrEqualTo(last);
        busy.close();
        systemTimer.close();
    }

    @Test
    void whatItCostsWithoutAJournal() {
        MemoryJournal instant = new MemoryJournal();
        JournaledAdjudicator one = open(instant, new SystemClock(0));
        SystemClock system = new SystemClock(0);
        long worst = 0;
        for (int round = 0; round < 5; round++) {
            long begun = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                instant.requestAdvance(system.latest() + 1_000_000_000_000L);
            }
            worst = System.nanoTime() - begun;
        }
        System.out.printf(
                "MEASURED %d ns per advance that raises the watermark (fake journal included)%n", worst / 20_000);
        Chance chance = new Chance(1);
        long[] fingerprints = new long[4];
        byte[] modes = new byte[4];
        Arrays.fill(modes, AccessMode.WRITE.code());
        modes[3] = AccessMode.KEY_SHARE.code();
        for (int round = 0; round < 5; round++) {
            CommitRequest[] requests = new CommitRequest[20_000];
            for (int i = 0; i < requests.length; i++) {
                Arrays.setAll(fingerprints, k -> chance.nextLong());
                fingerprints[3] = 1;
                WriteSet.Builder writes = new WriteSet.Builder(200);
                for (int k = 0; k < 3; k++) {
                    byte[] key = new byte[20];
                    Arrays.fill(key, (byte) k);
                    writes.put(key, new byte[30]);
                }
                requests[i] = Requests.of(
                        i + 1,
                        system.latest() + 10_000_000,
                        new Accesses(fingerprints.clone(), modes, List.of()),
                        writes.build());
            }
            long begun = System.nanoTime();
            for (CommitRequest request : requests) {
                one.commit(request, outcome -> {});
            }
            worst = System.nanoTime() - begun;
            instant.sync();
        }
        System.out.printf("MEASURED %d ns per commit of 4 accesses and 3 writes%n", worst / 20_000);
        assertThat(one.statistics().conflicts()).isZero();
    }

    private JournaledAdjudicator open(MemoryJournal of, Clock with) {
        var outcome = JournaledAdjudicator.open(of, "test", CONFIGURATION, with, timer);
        JournaledAdjudicator began = ((TenureOutcome.Began) outcome).adjudicator();
        opened.add(began);
        return began;
    }

    private CommitOutcome take() throws InterruptedException {
        CommitOutcome outcome = outcomes.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).isNotNull();
        return outcome;
    }

    private static RefusalReason refusal(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(CommitOutcome.Refused.class);
        return ((CommitOutcome.Refused) outcome).reason();
    }

    private static CommitRequest write(long id, long snapshot, int key) {
        return Requests.of(id, snapshot, AccessMode.WRITE, new byte[] {(byte) key});
    }
}
