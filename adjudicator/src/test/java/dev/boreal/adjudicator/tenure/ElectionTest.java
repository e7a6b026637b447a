package dev.boreal.adjudicator.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.adjudicator.tenure.Election.Step;
import dev.boreal.adjudicator.tenure.ElectionWorld.Bug;
import dev.boreal.clock.TimeBounds;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElectionTest {
    private static final long LEAD = 20;
    private static final int SEEDS = 40;

    private final Election election = new Election(
            new TenureConfiguration(Duration.ofMillis(20), 0, Duration.ZERO, 1).withLength(Duration.ofMillis(20)),
            LEAD);

    private static TimeBounds at(long time) {
        return new TimeBounds(time, time);
    }

    private void follow(long position, long epoch, long timestamp, long notAfter) {
        election.next(at(timestamp));
        election.followed(
                position,
                epoch,
                timestamp,
                TransactionRecord.tenure("other", notAfter).bytes());
    }

    @Test
    void aJournalThatNobodyOpenedIsTakenAtOnce() {
        election.follows(0, true);
        assertThat(election.next(at(500))).isEqualTo(new Step.LookForEnd());
        election.endIs(0, 0, at(500));
        assertThat(election.next(at(500))).isEqualTo(new Step.Open(0));
        election.opened(new OpenOutcome.Opened(1, 0, 0), at(500));
        assertThat(election.next(at(501))).isEqualTo(new Step.Lead(new Tenure(1, 0, 0)));
    }

    @Test
    void aTenureIsLeftAloneUntilItsEndHasCertainlyPassed() {
        election.follows(0, true);
        election.next(at(500));
        election.endIs(1, 3, at(500));
        assertThat(election.next(at(500))).isEqualTo(new Step.Sleep(Long.MAX_VALUE));
        follow(1, 3, 400, 900);
        assertThat(election.next(new TimeBounds(900, 990))).isEqualTo(new Step.Sleep(900));
        assertThat(election.next(at(901))).isEqualTo(new Step.LookForEnd());
        election.endIs(1, 3, at(901));
        assertThat(election.next(at(901))).isEqualTo(new Step.Open(3));
    }

    @Test
    void aRenewalThatWasOnlyJustMissedKeepsItFromTrying() {
        election.follows(0, true);
        election.endIs(1, 3, at(500));
        follow(1, 3, 400, 900);
        assertThat(election.next(at(901))).isEqualTo(new Step.LookForEnd());
        election.endIs(2, 3, at(901));
        assertThat(election.next(at(901))).isEqualTo(new Step.Sleep(Long.MAX_VALUE));
        follow(2, 3, 880, 1_380);
        assertThat(election.next(at(902))).isEqualTo(new Step.Sleep(1_380));
    }

    @Test
    void aTenureGivenBackIsTakenAtOnce() {
        election.follows(0, true);
        election.endIs(2, 3, at(500));
        follow(1, 3, 400, 900);
        follow(2, 3, 450, 450);
        election.next(at(500));
        election.endIs(2, 3, at(500));
        assertThat(election.next(at(500))).isEqualTo(new Step.Open(3));
        election.opened(new OpenOutcome.Opened(4, 2, 450), at(501));
        assertThat(election.next(at(501))).isEqualTo(new Step.Lead(new Tenure(4, 450, 2)));
    }

    @Test
    void itBeginsAboveARenewalThatWasAppendedBeforeItOpened() {
        election.follows(0, true);
        election.endIs(1, 3, at(500));
        follow(1, 3, 400, 900);
        election.next(at(901));
        election.endIs(1, 3, at(901));
        assertThat(election.next(at(901))).isEqualTo(new Step.Open(3));
        election.opened(new OpenOutcome.Opened(4, 2, 880), at(905));
        assertThat(election.next(at(905))).as("has not followed it").isEqualTo(new Step.Sleep(Long.MAX_VALUE));
        follow(2, 3, 880, 1_380);
        assertThat(election.next(at(906))).isEqualTo(new Step.Sleep(1_380));
        assertThat(election.next(at(1_381))).isEqualTo(new Step.Lead(new Tenure(4, 1_380, 2)));
    }

    @Test
    void anEpochThatTheJournalForgotInACrashIsForgottenHereToo() {
        election.follows(0, true);
        election.endIs(1, 3, at(500));
        follow(1, 2, 400, 900);
        long later = 500 + Duration.ofMillis(20).toNanos();
        election.next(at(later));
        election.endIs(1, 2, at(later));
        assertThat(election.next(at(later))).isEqualTo(new Step.Open(3));
        election.opened(new OpenOutcome.EpochMoved(2, "other"), at(later));
        assertThat(election.next(at(later))).isEqualTo(new Step.LookForEnd());
        election.endIs(1, 2, at(later));
        assertThat(election.next(at(later))).isEqualTo(new Step.Open(2));
    }

    @Test
    void anEpochWithoutATenureIsLeftAloneForALength() {
        long length = Duration.ofMillis(20).toNanos();
        election.follows(0, true);
        election.next(at(500));
        election.endIs(0, 7, at(500));
        assertThat(election.next(at(501))).isEqualTo(new Step.Sleep(499 + length));
        long later = 500 + length;
        election.next(at(later));
        election.endIs(0, 7, at(later));
        assertThat(election.next(at(later))).isEqualTo(new Step.Open(7));
        election.opened(new OpenOutcome.EpochMoved(8, "other"), at(later));
        election.next(at(later));
        election.endIs(0, 8, at(later));
        assertThat(election.next(at(later))).isEqualTo(new Step.Sleep(later + length));
    }

    @Test
    void itBeginsAboveWhatAPredecessorWithoutAnEndMayHavePromised() {
        long length = Duration.ofMillis(20).toNanos();
        election.follows(0, true);
        election.endIs(1, 7, at(500));
        election.next(at(500));
        election.followed(
                1,
                7,
                450,
                TransactionRecord.commit(1, "", new long[0], WriteSet.EMPTY).bytes());
        long later = 501 + length;
        election.next(at(later));
        election.endIs(1, 7, at(later));
        assertThat(election.next(at(later))).isEqualTo(new Step.Open(7));
        election.opened(new OpenOutcome.Opened(8, 1, 460), at(later));
        assertThat(election.next(at(later))).isEqualTo(new Step.Sleep(later + LEAD));
    }

    @Test
    void aRecordFurtherBackIsLookedFor() {
        election.follows(100, false);
        election.next(at(500));
        election.endIs(100, 7, at(500));
        assertThat(election.next(at(500))).isEqualTo(new Step.LookFurtherBack());
        election.follows(20, true);
        election.next(at(500));
        election.endIs(100, 7, at(500));
        follow(100, 7, 400, 900);
        assertThat(election.next(at(500))).isEqualTo(new Step.Sleep(900));
    }

    @Test
    void whatWasAcknowledgedAndPromisedHoldsThroughPausesAndWildClocks() {
        int tenures = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            ElectionWorld world = new ElectionWorld(seed, 2 + seed % 2, seed % 3 != 0, Bug.NONE);
            assertThat(world.run(8_000)).as("seed %s", seed).isNull();
            tenures += world.tenures();
            if (seed % 3 == 0) {
                assertThat(world.acknowledged()).as("seed %s", seed).isGreaterThan(100);
            }
        }
        assertThat(tenures).isGreaterThan(3 * SEEDS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void plantedBugsAreFound(Bug bug) {
        int found = 0;
        for (int seed = 1; seed <= 2 * SEEDS; seed++) {
            found += new ElectionWorld(seed, 3, true, bug).run(8_000) == null ? 0 : 1;
        }
        System.out.printf("MEASURED %s is found by %d of %d seeds%n", bug, found, 2 * SEEDS);
        assertThat(found).isPositive();
    }
}
