package dev.boreal.journal.replica;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keeper's rule: which plan should follow, as one replica sees it. Nobody computes plans for others: the proposer is whoever will
 * lead, and it may only if its log is complete; compare-and-set lets one of several win.
 *
 * <ul>
 *   <li>A member whose session ended, or that is suspected, is cut out, but the chain never gets shorter than its minimum; if need be
 *       a learner that is close takes its place.
 *   <li>A head that restarted needs a new term, for it may not go on in the one in which it died.
 *   <li>The first plan, under which empty logs are complete, is replaced by an equal one as soon as it is in force; so a
 *       disk that is lost later cannot pass for a new one.
 *   <li>The head takes a learner that is close in as the tail.
 *   <li>Who belongs to the journal and is not in the plan joins as a learner.
 * </ul>
 */
public final class PlanRule {
    private PlanRule() {}

    /**
     * How things look from one replica.
     *
     * @param mayLead its log is complete
     * @param leads it leads at present
     * @param established and a record of its term is committed
     * @param suspects replicas that do not do their part, though their sessions may live
     * @param close replicas whose logs reach the last commit
     */
    public record Sight(
            String self,
            boolean mayLead,
            boolean leads,
            boolean established,
            Collection<String> suspects,
            Collection<String> close) {}

    /**
     * The plan to propose, or null if all is well or it is for others to propose.
     *
     * @param live replicas whose sessions live
     */
    public static @Nullable JournalPlan propose(JournalPlan plan, Sight sight, Collection<String> live) {
        String self = sight.self();
        if (!plan.members().contains(self)) {
            return plan.learners().contains(self) || plan.term() == 1 ? null : withLearner(plan, self);
        }
        if (plan.mode() == ReplicationMode.QUORUM || !sight.mayLead()) {
            return null;
        }
        List<String> members = new ArrayList<>();
        for (String member : plan.members()) {
            if (member.equals(self)
                    || live.contains(member) && !sight.suspects().contains(member)) {
                members.add(member);
            }
        }
        if (!members.getFirst().equals(self)) {
            return null;
        }
        boolean changed = members.size() < plan.members().size();
        List<String> learners = new ArrayList<>(plan.learners());
        if (sight.leads() || members.size() < plan.minimumMembers()) {
            changed |= join(members, learners, sight, live);
        }
        boolean first = plan.term() == 1 && sight.established();
        boolean needsTerm = first || plan.head().equals(self) && !sight.leads();
        if (members.size() < plan.minimumMembers()) {
            // Too few are well; the head still needs a term to go on with those who come back.
            return needsTerm ? next(plan, plan.members(), plan.learners()) : null;
        }
        return changed || needsTerm ? next(plan, members, learners) : null;
    }

    private static boolean join(List<String> members, List<String> learners, Sight sight, Collection<String> live) {
        boolean joined = false;
        for (String learner : List.copyOf(learners)) {
            if (live.contains(learner)
                    && sight.close().contains(learner)
                    && !sight.suspects().contains(learner)) {
                members.add(learner);
                learners.remove(learner);
                joined = true;
            }
        }
        return joined;
    }

    private static JournalPlan withLearner(JournalPlan plan, String learner) {
        List<String> learners = new ArrayList<>(plan.learners());
        learners.add(learner);
        return next(plan, plan.members(), learners);
    }

    private static JournalPlan next(JournalPlan plan, List<String> members, List<String> learners) {
        return new JournalPlan(plan.journal(), plan.mode(), plan.term() + 1, members, learners, plan.minimumMembers());
    }
}
