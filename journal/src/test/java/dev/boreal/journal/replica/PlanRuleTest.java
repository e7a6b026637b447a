package dev.boreal.journal.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanRuleTest {
    private static final List<String> ABC = List.of("a", "b", "c");

    private static JournalPlan chain(long term, List<String> members, List<String> learners) {
        return new JournalPlan("j", ReplicationMode.CHAIN, term, members, learners, 2);
    }

    private static PlanRule.Sight leader(String self, List<String> suspects, List<String> close) {
        return new PlanRule.Sight(self, true, true, true, suspects, close);
    }

    private static PlanRule.Sight follower(String self, List<String> suspects) {
        return new PlanRule.Sight(self, true, false, false, suspects, List.of());
    }

    @Test
    void leavesAPlanAloneWhenAllIsWell() {
        JournalPlan plan = chain(5, ABC, List.of());
        assertThat(PlanRule.propose(plan, leader("a", List.of(), List.of("b", "c")), ABC))
                .isNull();
        assertThat(PlanRule.propose(plan, follower("b", List.of()), ABC)).isNull();
    }

    @Test
    void cutsOutAMemberWhoseSessionEndedOrThatIsSuspected() {
        JournalPlan plan = chain(5, ABC, List.of());
        JournalPlan expected = chain(6, List.of("a", "c"), List.of());
        assertThat(PlanRule.propose(plan, leader("a", List.of(), List.of()), List.of("a", "c")))
                .isEqualTo(expected);
        assertThat(PlanRule.propose(plan, leader("a", List.of("b"), List.of()), ABC))
                .isEqualTo(expected);
    }

    @Test
    void letsOnlyWhoWillLeadPropose() {
        JournalPlan plan = chain(5, ABC, List.of());
        List<String> live = List.of("b", "c");
        assertThat(PlanRule.propose(plan, follower("b", List.of()), live)).isEqualTo(chain(6, live, List.of()));
        assertThat(PlanRule.propose(plan, follower("c", List.of()), live)).isNull();
    }

    @Test
    void letsNobodyLeadWhoseLogIsNotComplete() {
        JournalPlan plan = chain(5, ABC, List.of());
        PlanRule.Sight incomplete = new PlanRule.Sight("b", false, false, false, List.of(), List.of());
        assertThat(PlanRule.propose(plan, incomplete, List.of("b", "c"))).isNull();
    }

    @Test
    void neverMakesTheChainShorterThanItsMinimum() {
        JournalPlan plan = chain(5, List.of("a", "b"), List.of());
        assertThat(PlanRule.propose(plan, leader("a", List.of(), List.of()), List.of("a")))
                .isNull();
    }

    @Test
    void replacesTheDeadByALearnerThatIsCloseRatherThanShrinkTooFar() {
        JournalPlan plan = chain(5, List.of("a", "b"), List.of("c"));
        assertThat(PlanRule.propose(plan, leader("a", List.of(), List.of("c")), List.of("a", "c")))
                .isEqualTo(chain(6, List.of("a", "c"), List.of()));
    }

    @Test
    void takesALearnerInAsTheTailOnceItIsClose() {
        JournalPlan plan = chain(5, List.of("a", "b"), List.of("c"));
        assertThat(PlanRule.propose(plan, leader("a", List.of(), List.of("b")), ABC))
                .isNull();
        assertThat(PlanRule.propose(plan, leader("a", List.of(), List.of("b", "c")), ABC))
                .isEqualTo(chain(6, ABC, List.of()));
    }

    @Test
    void asksForANewTermWhenTheHeadRestarted() {
        JournalPlan plan = chain(5, ABC, List.of());
        assertThat(PlanRule.propose(plan, follower("a", List.of()), ABC)).isEqualTo(chain(6, ABC, List.of()));
        JournalPlan shortest = chain(5, List.of("a", "b"), List.of());
        assertThat(PlanRule.propose(shortest, follower("a", List.of()), List.of("a")))
                .isEqualTo(chain(6, List.of("a", "b"), List.of()));
    }

    @Test
    void joinsAsALearner() {
        JournalPlan plan = chain(5, List.of("b", "c"), List.of());
        assertThat(PlanRule.propose(plan, follower("a", List.of()), ABC))
                .isEqualTo(chain(6, List.of("b", "c"), List.of("a")));
        assertThat(PlanRule.propose(chain(1, List.of("b", "c"), List.of()), follower("a", List.of()), ABC))
                .isNull();
    }

    @Test
    void replacesTheFirstPlanOnceItIsInForce() {
        JournalPlan plan = chain(1, ABC, List.of());
        assertThat(PlanRule.propose(plan, leader("a", List.of(), List.of()), ABC))
                .isEqualTo(chain(2, ABC, List.of()));
    }

    @Test
    void leavesAQuorumsVotersAsTheyAre() {
        JournalPlan plan = new JournalPlan("j", ReplicationMode.QUORUM, 5, ABC, List.of(), 2);
        assertThat(PlanRule.propose(plan, leader("a", List.of("b"), List.of()), List.of("a")))
                .isNull();
    }
}
