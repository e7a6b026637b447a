package dev.boreal.adjudicator.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.adjudicator.Requests;
import dev.boreal.adjudicator.VirtualTimer;
import dev.boreal.clock.SystemTimer;
import dev.boreal.contracts.door.Adjudicator.StageOutcome;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdjudicatorClientTest {
    private static final long MILLISECOND = 1_000_000;
    private static final CommitOutcome COMMITTED = new CommitOutcome.Committed(77);

    private final ScriptedCandidate a = new ScriptedCandidate();
    private final ScriptedCandidate b = new ScriptedCandidate();
    private final VirtualTimer timer = new VirtualTimer();
    private final AdjudicatorClient client =
            new AdjudicatorClient(inOrder(), AdjudicatorClientConfiguration.defaults(), timer, timer::now);
    private final List<CommitOutcome> outcomes = new ArrayList<>();

    private Map<String, ScriptedCandidate> inOrder() {
        return new TreeMap<>(Map.of("a", a, "b", b));
    }

    private static CommitRequest request(long id) {
        return Requests.of(id, 1_000, AccessMode.WRITE, new byte[] {(byte) id});
    }

    private static CommitOutcome refused(RefusalReason reason) {
        return new CommitOutcome.Refused(reason, "so");
    }

    private void advance(long millis) {
        timer.advance(millis * MILLISECOND);
    }

    @Test
    void theOneThatLeadsIsAskedWithItsEpoch() {
        a.follows("b", 4);
        b.leads(4);
        client.commit(request(1), outcomes::add);
        client.commit(request(2), outcomes::add);
        assertThat(a.commits()).isEmpty();
        assertThat(b.commits()).extracting(CommitRequest::epoch).containsExactly(4L, 4L);
        b.answerCommit(COMMITTED);
        b.answerCommit(COMMITTED);
        assertThat(outcomes).containsExactly(COMMITTED, COMMITTED);
        assertThat(client.status()).isEqualTo(new AdjudicatorClientStatus("b", 4, 0, 0));
    }

    @Test
    void aRequestWaitsUntilSomebodyLeads() {
        client.commit(request(1), outcomes::add);
        advance(900);
        assertThat(client.status().waiting()).isEqualTo(1);
        a.leads(7);
        advance(200);
        assertThat(a.commits()).hasSize(1);
        a.answerCommit(COMMITTED);
        assertThat(outcomes).containsExactly(COMMITTED);
    }

    @Test
    void theHighestEpochWins() {
        a.leads(3);
        b.leads(5);
        client.commit(request(1), outcomes::add);
        assertThat(a.commits()).hasSize(1);
        assertThat(client.status().leader()).isEqualTo("b");
        assertThat(b.asked()).as("what the first one may have committed").containsExactly(1L);
        b.answerOutcome(COMMITTED);
        assertThat(outcomes).containsExactly(COMMITTED);
        client.commit(request(2), outcomes::add);
        assertThat(b.commits()).extracting(CommitRequest::epoch).containsExactly(5L);
    }

    @Test
    void anEpochThatOnlyFollowersTellOfIsNoReasonToWait() {
        a.leads(3);
        b.follows("c", 4);
        client.commit(request(1), outcomes::add);
        assertThat(a.commits()).hasSize(1);
    }

    @Test
    void refusalsThatWroteNothingAreTriedAgainElsewhere() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        a.follows("b", 4);
        b.leads(4);
        a.answerCommit(refused(RefusalReason.NOT_LEADER));
        advance(200);
        assertThat(b.commits()).extracting(CommitRequest::epoch).containsExactly(4L);
        b.answerCommit(refused(RefusalReason.OVERLOADED));
        advance(200);
        assertThat(b.commits()).hasSize(2);
        b.answerCommit(refused(RefusalReason.STALE_EPOCH));
        b.leads(5);
        advance(200);
        assertThat(b.commits()).extracting(CommitRequest::epoch).containsExactly(4L, 4L, 5L);
        b.answerCommit(COMMITTED);
        assertThat(outcomes).containsExactly(COMMITTED);
    }

    @Test
    void refusalsEndWithTheTimeOut() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        for (int i = 0; i < 200 && outcomes.isEmpty(); i++) {
            if (a.commits().size() > i) {
                a.answerCommit(refused(RefusalReason.JOURNAL_UNAVAILABLE));
            }
            advance(120);
        }
        assertThat(outcomes).hasSize(1).first().isInstanceOf(CommitOutcome.Refused.class);
        assertThat(client.status().underWay()).isZero();
    }

    @Test
    void otherRefusalsAndConflictsAreAnsweredAtOnce() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        a.answerCommit(refused(RefusalReason.SNAPSHOT_TOO_OLD));
        client.commit(request(2), outcomes::add);
        a.answerCommit(refused(RefusalReason.TOO_LARGE));
        assertThat(outcomes).containsExactly(refused(RefusalReason.SNAPSHOT_TOO_OLD), refused(RefusalReason.TOO_LARGE));
    }

    @Test
    void aLostAnswerIsLearnedFromTheSuccessorAndNeverSentAgain() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        client.commit(request(2), outcomes::add);
        a.fallSilent();
        a.answerCommit(new CommitOutcome.Indeterminate("connection lost"));
        a.answerCommit(new CommitOutcome.Indeterminate("connection lost"));
        advance(500);
        b.leads(4);
        advance(500);
        assertThat(b.commits()).isEmpty();
        assertThat(b.asked()).containsExactlyInAnyOrder(1L, 2L);
        b.answerOutcome(COMMITTED);
        b.answerOutcome(refused(RefusalReason.NEVER_COMMITTED));
        assertThat(outcomes).containsExactlyInAnyOrder(COMMITTED, refused(RefusalReason.NEVER_COMMITTED));
    }

    @Test
    void aLeaderThatSleepsIsLeftForItsSuccessor() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        a.fallSilent();
        b.leads(4);
        advance(1_000);
        assertThat(b.asked()).containsExactly(1L);
        client.commit(request(2), outcomes::add);
        assertThat(b.commits()).extracting(CommitRequest::transactionId).containsExactly(2L);
        b.answerOutcome(COMMITTED);
        a.answerCommit(refused(RefusalReason.NOT_LEADER));
        assertThat(outcomes).containsExactly(COMMITTED);
    }

    @Test
    void aRefusalThatComesLateIsNoAnswer() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        a.fallSilent();
        b.leads(4);
        advance(1_000);
        a.answerCommit(refused(RefusalReason.SNAPSHOT_TOO_OLD));
        assertThat(outcomes).isEmpty();
        b.answerOutcome(COMMITTED);
        assertThat(outcomes).containsExactly(COMMITTED);
    }

    @Test
    void aCommitThatIsToldLateIsTheTruth() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        a.fallSilent();
        b.leads(4);
        advance(1_000);
        a.answerCommit(COMMITTED);
        assertThat(outcomes).containsExactly(COMMITTED);
        b.answerOutcome(COMMITTED);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void theSameLeaderIsAskedWhenOnlyTheConnectionBroke() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        a.answerCommit(new CommitOutcome.Indeterminate("connection lost"));
        advance(10);
        assertThat(a.asked()).containsExactly(1L);
        a.answerOutcome(refused(RefusalReason.NOT_LEADER));
        advance(100);
        assertThat(a.asked()).containsExactly(1L, 1L);
        a.answerOutcome(COMMITTED);
        assertThat(outcomes).containsExactly(COMMITTED);
        assertThat(a.commits()).hasSize(1);
    }

    @Test
    void nothingWaitsForEver() {
        client.commit(request(1), outcomes::add);
        advance(6_000);
        assertThat(outcomes).hasSize(1).first().isInstanceOf(CommitOutcome.Refused.class);
        a.leads(3);
        client.commit(request(2), outcomes::add);
        advance(10);
        assertThat(a.commits()).hasSize(1);
        advance(5_500);
        assertThat(a.asked()).containsExactly(2L);
        advance(6_000);
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.getLast()).isInstanceOf(CommitOutcome.Indeterminate.class);
        assertThat(client.status().underWay()).isZero();
        assertThat(client.status().waiting()).isZero();
    }

    @Test
    void whatNobodyRemembersStaysUnknown() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        a.answerCommit(new CommitOutcome.Indeterminate("connection lost"));
        for (int i = 0; i < 3; i++) {
            advance(200);
            a.answerOutcome(new CommitOutcome.Indeterminate("too long ago"));
        }
        assertThat(outcomes).hasSize(1).first().isInstanceOf(CommitOutcome.Indeterminate.class);
    }

    @Test
    void tooManyThatWaitAreRefused() {
        AdjudicatorClient small = new AdjudicatorClient(
                Map.of("a", a), AdjudicatorClientConfiguration.defaults().withMaximumWaiting(2), timer, timer::now);
        for (int i = 1; i <= 3; i++) {
            small.commit(request(i), outcomes::add);
        }
        assertThat(outcomes).hasSize(1).first().isInstanceOf(CommitOutcome.Refused.class);
    }

    @Test
    void candidatesCanBeReplaced() {
        a.leads(3);
        client.commit(request(1), outcomes::add);
        ScriptedCandidate again = new ScriptedCandidate();
        again.leads(4);
        client.candidates(Map.of("a", again));
        advance(500);
        assertThat(again.asked()).containsExactly(1L);
        client.commit(request(2), outcomes::add);
        assertThat(again.commits()).hasSize(1);
    }

    @Test
    void closingAnswersWhatIsUnderWay() {
        client.commit(request(1), outcomes::add);
        a.leads(3);
        advance(200);
        b.follows("a", 3);
        client.commit(request(2), outcomes::add);
        client.close();
        client.commit(request(3), outcomes::add);
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.getLast()).isInstanceOf(CommitOutcome.Refused.class);
    }

    @Test
    void aChunkGoesToTheLeaderAndIsTriedAgain() {
        try (SystemTimer real = new SystemTimer("test-timer")) {
            AdjudicatorClient blocking = new AdjudicatorClient(
                    inOrder(), AdjudicatorClientConfiguration.defaults().withTimeout(Duration.ofSeconds(20)), real);
            a.leads(3);
            a.answerStages(
                    new StageOutcome.Refused(RefusalReason.NOT_LEADER, "so"),
                    new StageOutcome.Refused(RefusalReason.OVERLOADED, "so"),
                    new StageOutcome.Staged(12),
                    new StageOutcome.Refused(RefusalReason.TOO_LARGE, "so"));
            assertThat(blocking.stage(1, WriteSet.EMPTY)).isEqualTo(new StageOutcome.Staged(12));
            assertThat(a.staged()).isEqualTo(3);
            assertThat(blocking.stage(1, WriteSet.EMPTY))
                    .isEqualTo(new StageOutcome.Refused(RefusalReason.TOO_LARGE, "so"));
        }
    }
}
