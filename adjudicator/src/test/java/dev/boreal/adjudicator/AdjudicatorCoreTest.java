package dev.boreal.adjudicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.adjudicator.tenure.Tenure;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdjudicatorCoreTest {
    private static final byte[] KEY = {5, 5};

    private final AdjudicatorCore core = core();

    private static AdjudicatorCore core() {
        return new AdjudicatorCore(HistoryCheck.configuration(), new Tenure(3, 1_000, 0));
    }

    @Test
    void decisionsEqualThoseOfANaiveHistory() {
        for (int seed = 1; seed <= 8; seed++) {
            HistoryCheck check = new HistoryCheck(seed, core(), 0);
            assertThat(check.run(10_000)).as("seed %s", seed).isNull();
            assertThat(check.wasRich()).as("seed %s", seed).isTrue();
        }
    }

    @Test
    void anAdjudicatorThatForgetsAWriteSetIsCaught() {
        for (int seed = 1; seed <= 8; seed++) {
            assertThat(new HistoryCheck(seed, core(), 100).run(10_000))
                    .as("seed %s", seed)
                    .isNotNull();
        }
    }

    @Test
    void everyPairOfModesConflictsAsTheMatrixSays() {
        for (AccessMode first : AccessMode.values()) {
            for (AccessMode second : AccessMode.values()) {
                AdjudicatorCore pair = core();
                long committed = commit(pair, Requests.of(1, 2_000, first, KEY), 2_000);
                CommitOutcome outcome = outcome(pair, Requests.of(2, committed - 1, second, KEY), 3_000);
                boolean conflict = first != AccessMode.READ && first.conflictsWith(second);
                assertThat(outcome instanceof CommitOutcome.Conflicted)
                        .as("%s after %s", second, first)
                        .isEqualTo(conflict);
                AdjudicatorCore later = core();
                long seen = commit(later, Requests.of(1, 2_000, first, KEY), 2_000);
                assertThat(outcome(later, Requests.of(3, seen, second, KEY), 3_000))
                        .as("%s that saw %s", second, first)
                        .isInstanceOf(CommitOutcome.Committed.class);
            }
        }
    }

    @Test
    void aConflictNamesItsWinner() {
        long winner = commit(core, Requests.of(41, 2_000, AccessMode.KEY_WRITE, KEY), 2_500);
        CommitOutcome outcome = outcome(core, Requests.of(42, 2_000, AccessMode.WRITE, KEY), 2_600);
        assertThat(outcome).isInstanceOfSatisfying(CommitOutcome.Conflicted.class, conflicted -> {
            assertThat(conflicted.conflict().winnerTransactionId()).isEqualTo(41);
            assertThat(conflicted.conflict().winnerTimestamp()).isEqualTo(winner);
            assertThat(conflicted.conflict().winnerSession()).isEqualTo("session-41");
            assertThat(conflicted.conflict().winnerRegion()).isEqualTo("here");
            assertThat(conflicted.conflict().winnerMode()).isEqualTo(AccessMode.KEY_WRITE);
            assertThat(conflicted.conflict().loserMode()).isEqualTo(AccessMode.WRITE);
            assertThat(conflicted.conflict().loserSnapshot()).isEqualTo(2_000);
            assertThat(conflicted.conflict().adjudicator()).isEqualTo("adjudicator-1");
        });
    }

    @Test
    void equalFingerprintsOfDifferentKeysAreAFalseConflictOnly() {
        Accesses one = new Accesses(new long[] {77}, new byte[] {AccessMode.WRITE.code()}, List.of());
        commit(core, Requests.of(1, 2_000, one, WriteSet.EMPTY), 2_000);
        assertThat(outcome(core, Requests.of(2, 1_999, one, WriteSet.EMPTY), 2_100))
                .isInstanceOf(CommitOutcome.Conflicted.class);
        assertThat(outcome(core, Requests.of(2, 2_100, one, WriteSet.EMPTY), 2_100))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void refusesASnapshotFromBeforeTheTenure() {
        assertThat(outcome(core, Requests.of(1, 999, AccessMode.WRITE, KEY), 2_000))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.SNAPSHOT_TOO_OLD));
        assertThat(outcome(core, Requests.of(1, 1_000, AccessMode.WRITE, KEY), 2_000))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void refusesAStaleEpoch() {
        CommitRequest request = Requests.of(1, 2_000, AccessMode.WRITE, KEY);
        assertThat(outcome(core, Requests.withEpoch(request, 2), 2_000))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STALE_EPOCH));
        assertThat(outcome(core, Requests.withEpoch(request, 3), 2_000)).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void timestampsRiseWhenTheClockFalls() {
        long first = commit(core, Requests.of(1, 2_000, AccessMode.WRITE, new byte[] {1}), 5_000);
        long second = commit(core, Requests.of(2, 2_000, AccessMode.WRITE, new byte[] {2}), 4_000);
        core.expire(900_000);
        long third = commit(core, Requests.of(3, core.floor(), AccessMode.WRITE, new byte[] {3}), 4_000);
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(core.floor());
        assertThat(outcome(core, Requests.of(4, core.floor(), AccessMode.WRITE, new byte[] {3}), 4_000))
                .isInstanceOf(CommitOutcome.Conflicted.class);
    }

    @Test
    void commitsLieAboveEveryPromise() {
        long promise = core.promise(9_000, 9_000, 500);
        assertThat(promise).isEqualTo(9_500);
        assertThat(core.promise(9_400, 9_010, 100)).isZero();
        assertThat(commit(core, Requests.of(1, 2_000, AccessMode.WRITE, KEY), 9_100))
                .isEqualTo(9_501);
    }

    @Test
    void aRequestFromAClockFarAheadIsMetOnlyUpToTheMaximumLead() {
        assertThat(core.promise(Long.MAX_VALUE, 10_000, 0))
                .isEqualTo(10_000 + HistoryCheck.configuration().maximumLead().toNanos());
    }

    @Test
    void chunksCountOnceTheirCommitNamesThem() {
        WriteSet chunk = new WriteSet.Builder(0).put(KEY, new byte[] {1}).build();
        long staged = stage(core, 9, chunk, 2_000, 1);
        assertThat(outcome(core, Requests.readingRange(1, 1_500, KeyRange.ofPrefix(KEY)), 2_050))
                .isInstanceOf(CommitOutcome.Committed.class);
        CommitRequest commit = new CommitRequest(
                9, "", "", 1_500, Accesses.NONE, TransactionRecord.commit(9, "", new long[] {1}, WriteSet.EMPTY), 0);
        long committed = commit(core, commit, 2_100);
        assertThat(committed).isGreaterThan(staged);
        assertThat(outcome(core, Requests.readingRange(2, 2_050, KeyRange.ofPrefix(KEY)), 2_200))
                .isInstanceOf(CommitOutcome.Conflicted.class);
        assertThat(outcome(core, Requests.readingRange(3, 2_050, KeyRange.ofPrefix(new byte[] {6})), 2_200))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void chunksOfAnotherTransactionCannotBeNamed() {
        stage(core, 9, WriteSet.EMPTY, 2_000, 1);
        CommitRequest thief = new CommitRequest(
                8, "", "", 1_500, Accesses.NONE, TransactionRecord.commit(8, "", new long[] {1}, WriteSet.EMPTY), 0);
        assertThat(outcome(core, thief, 2_100)).isInstanceOf(CommitOutcome.Refused.class);
    }

    @Test
    void refusesATransactionLargerThanItsSetting() {
        AdjudicatorCore small = new AdjudicatorCore(
                HistoryCheck.configuration().withMaximumTransactionBytes(100), new Tenure(1, 1_000, 0));
        WriteSet chunk = new WriteSet.Builder(0).put(KEY, new byte[40]).build();
        assertThat(small.stage(1, WriteFootprint.of(chunk), 60, 0, 2_000, 0)).isInstanceOf(Decision.Append.class);
        assertThat(small.stage(1, WriteFootprint.of(chunk), 60, 0, 2_000, 0))
                .isInstanceOfSatisfying(
                        Decision.Answer.class,
                        answer -> assertThat(((CommitOutcome.Refused) answer.outcome()).reason())
                                .isEqualTo(RefusalReason.TOO_LARGE));
        assertThat(small.stage(2, WriteFootprint.of(chunk), 60, 0, 2_000, 0)).isInstanceOf(Decision.Append.class);
    }

    @Test
    void aConfigurationIsCheckedAsAWhole() {
        AdjudicatorConfiguration defaults = AdjudicatorConfiguration.defaults();
        assertThatThrownBy(() -> defaults.withRetention(Duration.ZERO)).hasMessageContaining("history.retention");
        assertThatThrownBy(() -> defaults.withRetention(Duration.ofMillis(1))).hasMessageContaining("lead");
        assertThatThrownBy(() -> defaults.withFixedLead(Duration.ofSeconds(1))).hasMessageContaining("lead");
        assertThatThrownBy(() -> defaults.withMaximumTransactionBytes(0)).hasMessageContaining("transaction");
    }

    private static long stage(AdjudicatorCore core, long id, WriteSet chunk, long now, long position) {
        Decision.Append append = (Decision.Append) core.stage(id, WriteFootprint.of(chunk), 10, position - 1, now, 0);
        core.chunkStaged(append.timestamp(), position);
        return append.timestamp();
    }

    private static long commit(AdjudicatorCore core, CommitRequest request, long now) {
        return ((CommitOutcome.Committed) outcome(core, request, now)).timestamp();
    }

    private static CommitOutcome outcome(AdjudicatorCore core, CommitRequest request, long now) {
        Decision decision =
                core.decide(request, WriteFootprint.of(request.record().writes()), now, 0);
        return switch (decision) {
            case Decision.Answer answer -> answer.outcome();
            case Decision.Append append -> {
                core.appended(request, append);
                yield new CommitOutcome.Committed(append.timestamp());
            }
        };
    }
}
