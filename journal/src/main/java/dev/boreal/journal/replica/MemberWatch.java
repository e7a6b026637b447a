package dev.boreal.journal.replica;

import dev.boreal.contracts.cluster.JournalPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which other replicas do their part, as this one sees it: what {@link PlanRule} decides by. Not thread-safe. */
final class MemberWatch {
    /** A learner that lacks no more than this is close: a chain waits for so much for moments only. */
    private static final long CLOSE_RECORDS = 4096;

    private final ReplicaState state;
    private final ReplicaLog log;

    MemberWatch(ReplicaState state) {
        this.state = state;
        log = state.log;
    }

    PlanRule.Sight sight() {
        List<String> suspects = new ArrayList<>();
        List<String> close = new ArrayList<>();
        String stuck = firstStuck();
        for (Peer peer : state.peers.all()) {
            if (peer.name.equals(stuck) || peer.isSilent(state.now, state.configuration.slowNanos())) {
                suspects.add(peer.name);
            } else if (state.agreed && peer.accepted > 0 && peer.accepted + CLOSE_RECORDS >= log.lastIndex()) {
                close.add(peer.name);
            }
        }
        boolean mayLead = state.standing.complete() && state.durableStanding.equals(state.standing);
        boolean leads = state.role == Role.LEADER;
        boolean established = leads && log.committedIndex() >= state.termStart;
        return new PlanRule.Sight(state.self, mayLead, leads, established, suspects, close);
    }

    /** The head if it does not lead; else, as the head sees it, the first member that holds up all behind it. */
    private @Nullable String firstStuck() {
        JournalPlan plan = state.plan;
        if (plan == null) {
            return null;
        }
        long slow = state.configuration.slowNanos();
        for (String member : plan.members()) {
            Peer peer = state.peers.get(member);
            boolean head = member.equals(plan.head());
            if (peer != null
                    && (head && peer.doesNotLead(state.now, slow)
                            || state.role == Role.LEADER && peer.isStuck(state.now, slow))) {
                return member;
            }
        }
        return null;
    }
}
