package dev.boreal.adjudicator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.Requests;
import dev.boreal.adjudicator.VirtualTimer;
import dev.boreal.adjudicator.tenure.Tenure;
import dev.boreal.adjudicator.tenure.TenureConfiguration;
import dev.boreal.clock.ManualClock;
import dev.boreal.clock.SystemClock;
import dev.boreal.clock.SystemTimer;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.Adjudicator.Leadership;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ElectedAdjudicatorTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    /** Longer than any test: nobody gets the tenure by waiting. */
    private static final Duration ENDLESS = Duration.ofMinutes(10);

    private final SystemClock clock = new SystemClock(0);
    private final SystemTimer timer = new SystemTimer("test-timer");
    private final MemoryJournal journal = new MemoryJournal().startSyncing();
    private final List<ElectedAdjudicator> started = new ArrayList<>();

    @AfterEach
    void close() {
        journal.stall(false);
        started.forEach(ElectedAdjudicator::close);
        timer.close();
    }

    private ElectedAdjudicator start(String name, Duration tenure) {
        ElectedAdjudicator elected = ElectedAdjudicator.start(
                journal,
                AdjudicatorConfiguration.defaults()
                        .withName(name)
                        .withHeartbeatInterval(Duration.ofMillis(1), Duration.ofMillis(10)),
                TenureConfiguration.defaults().withLength(tenure).withRank(started.size()),
                clock,
                timer);
        started.add(elected);
        return elected;
    }

    private static void await(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - began > 30_000_000_000L) {
                throw new AssertionError("waited in vain");
            }
            Thread.onSpinWait();
        }
    }

    private CommitOutcome write(Adjudicator adjudicator, long id) {
        return adjudicator.commit(request(id));
    }

    private CommitRequest request(long id) {
        return Requests.of(id, clock.latest(), AccessMode.WRITE, new byte[] {(byte) id});
    }

    private static CommitOutcome outcomeOf(Adjudicator adjudicator, CommitRequest request) {
        CompletableFuture<CommitOutcome> answer = new CompletableFuture<>();
        adjudicator.outcomeOf(request.transactionId(), request.snapshot(), answer::complete);
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Leadership leadership(Adjudicator adjudicator) {
        CompletableFuture<Leadership> answer = new CompletableFuture<>();
        adjudicator.leadership(answer::complete);
        return answer.join();
    }

    private static RefusalReason reason(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(CommitOutcome.Refused.class);
        return ((CommitOutcome.Refused) outcome).reason();
    }

    @Test
    void oneDecidesAndTheOthersSayWho() {
        ElectedAdjudicator first = start("a", ENDLESS);
        await(() -> first.status().leading());
        ElectedAdjudicator second = start("b", ENDLESS);
        await(() -> leadership(second).owner().equals("a"));
        assertThat(leadership(first)).isEqualTo(new Leadership(true, "a", 1));
        assertThat(leadership(second)).isEqualTo(new Leadership(false, "a", 1));
        assertThat(write(first, 1)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(reason(write(second, 2))).isEqualTo(RefusalReason.NOT_LEADER);
        assertThat(second.stage(3, WriteSet.EMPTY)).isInstanceOf(Adjudicator.StageOutcome.Refused.class);
        await(() -> second.status().rememberedOutcomes() == 1);
        assertThat(first.status().notAfter()).isEqualTo(second.status().notAfter());
    }

    @Test
    void aTenureGivenBackIsTakenOverAtOnce() {
        ElectedAdjudicator first = start("a", ENDLESS);
        await(() -> first.status().leading());
        ElectedAdjudicator second = start("b", ENDLESS);
        long before = ((CommitOutcome.Committed) write(first, 1)).timestamp();
        CommitRequest old = request(2);
        first.close();
        await(() -> second.status().leading());
        assertThat(reason(write(first, 3))).isEqualTo(RefusalReason.NOT_LEADER);
        assertThat(write(second, 4))
                .isInstanceOfSatisfying(
                        CommitOutcome.Committed.class,
                        committed -> assertThat(committed.timestamp()).isGreaterThan(before));
        assertThat(reason(second.commit(old))).isEqualTo(RefusalReason.SNAPSHOT_TOO_OLD);
        assertThat(second.status().notBefore()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void aLeaderWhoseRecordsDoNotBecomeDurableDecidesNoMore() {
        ElectedAdjudicator first = start("a", SHORT);
        await(() -> first.status().leading());
        journal.stall(true);
        long notAfter = first.status().notAfter();
        await(() -> clock.earliest() > notAfter);
        assertThat(reason(write(first, 1))).isEqualTo(RefusalReason.NOT_LEADER);
        journal.requestAdvance(clock.latest());
        long promised = journal.stream().stream()
                .filter(item -> item.entry() == null)
                .mapToLong(MemoryJournal.Item::timestamp)
                .max()
                .orElse(0);
        assertThat(promised).isLessThanOrEqualTo(notAfter);
        journal.stall(false);
        await(() -> write(first, 2) instanceof CommitOutcome.Committed);
    }

    @Test
    void aFencedLeaderFollowsAndMayLeadAgain() {
        ElectedAdjudicator first = start("a", SHORT);
        await(() -> first.status().leading());
        journal.open("intruder", journal.currentEpoch(), timestamp -> {});
        await(() -> !first.status().leading());
        assertThat(reason(write(first, 1))).isEqualTo(RefusalReason.NOT_LEADER);
        await(() -> first.status().leading());
        assertThat(first.status().epoch()).isEqualTo(3);
        assertThat(write(first, 2)).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aJournalThatFailsEndsTheTenureAndItComesBack() {
        ElectedAdjudicator first = start("a", SHORT);
        await(() -> first.status().leading());
        journal.refuseNext(new AppendRefusal.Unavailable("disk", true));
        write(first, 1);
        await(() -> first.status().leading() && first.status().epoch() > 1);
        assertThat(write(first, 2)).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void whatBecameOfARequestIsKnownToTheLeaderAndItsSuccessor() {
        ElectedAdjudicator first = start("a", SHORT);
        await(() -> first.status().leading());
        CommitRequest committed = request(1);
        CommitRequest lost = request(2);
        CommitOutcome outcome = first.commit(committed);
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(outcomeOf(first, committed)).isEqualTo(outcome);
        assertThat(reason(outcomeOf(first, lost))).isEqualTo(RefusalReason.NEVER_COMMITTED);
        assertThat(reason(first.commit(lost))).as("it stays so").isEqualTo(RefusalReason.NEVER_COMMITTED);
        ElectedAdjudicator second = start("b", SHORT);
        assertThat(reason(outcomeOf(second, committed))).isEqualTo(RefusalReason.NOT_LEADER);
        first.close();
        await(() -> second.status().leading());
        assertThat(outcomeOf(second, committed)).isEqualTo(outcome);
        assertThat(reason(outcomeOf(second, lost))).isEqualTo(RefusalReason.NEVER_COMMITTED);
        assertThat(reason(second.commit(Requests.withEpoch(lost, 1)))).isEqualTo(RefusalReason.STALE_EPOCH);
    }

    @Test
    void whatIsStillOnItsWayToTheDiskIsWaitedFor() {
        ElectedAdjudicator first = start("a", ENDLESS);
        await(() -> first.status().leading());
        CommitRequest request = request(1);
        journal.stall(true);
        CompletableFuture<CommitOutcome> answer = new CompletableFuture<>();
        first.commit(request, answer::complete);
        CompletableFuture<CommitOutcome> asked = new CompletableFuture<>();
        first.outcomeOf(1, request.snapshot(), asked::complete);
        assertThat(asked).isNotDone();
        journal.stall(false);
        assertThat(asked.join()).isEqualTo(answer.join()).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aStreamThatBreaksIsFollowedOn() {
        ElectedAdjudicator first = start("a", ENDLESS);
        await(() -> first.status().leading());
        ElectedAdjudicator second = start("b", ENDLESS);
        for (int i = 1; i <= 5; i++) {
            assertThat(write(first, i)).isInstanceOf(CommitOutcome.Committed.class);
            journal.closeStreams("broken");
        }
        await(() -> second.status().rememberedOutcomes() == 5);
        assertThat(second.status().owner()).isEqualTo("a");
    }

    @Test
    void aProcessThatHasTheJournalToItselfWritesNothingWhileIdle() {
        MemoryJournal own = new MemoryJournal();
        ManualTimer ticks = new ManualTimer();
        ManualClock time = new ManualClock(1_700_000_000_000_000_000L);
        var began = (TenureOutcome.Began)
                JournaledAdjudicator.open(own, "alone", AdjudicatorConfiguration.defaults(), time, ticks);
        for (int i = 0; i < 100; i++) {
            time.advance(100_000_000);
            ticks.fire();
        }
        assertThat(own.stream()).isNotEmpty().allMatch(item -> item.entry() == null);
        began.adjudicator().close();
        assertThat(own.stream()).allMatch(item -> item.entry() == null);
    }

    @Test
    void itRunsInVirtualTimeWithoutAThread() {
        MemoryJournal virtual = new MemoryJournal();
        virtual.makeDurableAtOnce();
        VirtualTimer time = new VirtualTimer();
        ManualClock moving = new ManualClock(1_000_000_000);
        List<String> heard = new ArrayList<>();
        virtual.open("a", 0, timestamp -> {});
        JournaledAdjudicator leader = JournaledAdjudicator.leadInVirtualTime(
                virtual,
                AdjudicatorConfiguration.defaults().withFixedLead(Duration.ofMillis(1)),
                new Tenure(1, 900_000_000, 0),
                Duration.ofMillis(300),
                moving,
                time,
                () -> heard.add("decides"),
                () -> heard.add("ended"));
        leader.commit(Requests.of(1, 1_000_000_000, AccessMode.WRITE, new byte[] {1}), o -> heard.add("" + o));
        assertThat(heard).containsExactly("decides");
        for (int i = 0; i < 5_000; i++) {
            moving.advance(1_000_000);
            time.advance(1_000_000);
        }
        assertThat(heard).hasSize(2).last().asString().startsWith("Committed");
        long tenures = virtual.stream().stream()
                .filter(item -> item.entry() != null
                        && TransactionRecord.kindOf(item.entry().payload()) == TransactionRecord.Kind.TENURE)
                .count();
        assertThat(tenures).as("three in each length of 300 ms, in 5 s").isBetween(25L, 51L);
        virtual.open("b", 1, timestamp -> {});
        for (int i = 0; i < 300; i++) {
            moving.advance(1_000_000);
            time.advance(1_000_000);
        }
        assertThat(heard).last().isEqualTo("ended");
        leader.close();
    }
}
