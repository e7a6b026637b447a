package dev.boreal.journal.replica;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.journal.record.RecordKind;
import org.jspecify.annotations.Nullable;

/**
 * Terms and who leads them. In a chain a term is a plan, and its head leads as soon as it has noted durably that it does: it
 * never leads a term again after a restart, and it leads only with a complete log. In a quorum a term is a ballot ({@link Elections}),
 * and whoever hears of a later one follows that. Not thread-safe.
 */
final class Leadership {
    private final ReplicaState state;
    private final ReplicaLog log;
    private final RecordSender sender;
    private final RecordFollower follower;
    private final Acknowledgements acknowledgements;
    private final WriterSeat seat;

    Leadership(
            ReplicaState state,
            RecordSender sender,
            RecordFollower follower,
            Acknowledgements acknowledgements,
            WriterSeat seat) {
        this.state = state;
        this.sender = sender;
        this.follower = follower;
        this.acknowledgements = acknowledgements;
        this.seat = seat;
        log = state.log;
    }

    /** A chain has this plan now. */
    void follow(JournalPlan next) {
        boolean member = next.members().contains(state.self);
        boolean first = next.term() == 1 && state.standing.term() == 0;
        boolean complete = member && (state.standing.complete() || first);
        boolean mayLead = state.standing.term() < next.term();
        boolean head = next.head().equals(state.self);
        Role before = state.role;
        beginTerm(Math.max(next.term(), state.term));
        state.leader = head ? null : next.head();
        state.role = head && complete && mayLead ? Role.SUCCESSOR : Role.FOLLOWER;
        if (before == Role.LEADER && state.role != Role.SUCCESSOR) {
            loseLead();
        }
        stand(new Standing(state.term, complete));
        if (state.role == Role.SUCCESSOR && state.durableStanding.equals(state.standing)) {
            lead();
        }
    }

    void beginTerm(long next) {
        state.term = next;
        state.ledAt = state.now;
        follower.beginTerm();
        acknowledgements.beginTerm();
        for (Peer peer : state.peers.all()) {
            peer.begin(state.now);
        }
    }

    /** Asks the disk to note it, if it is new. */
    void stand(Standing next) {
        if (!next.equals(state.standing)) {
            state.standing = next;
            state.effects.stand(next);
        }
    }

    /** A member of a chain that has a durable record of a term in which it is one has everything that was committed before. */
    void completeIfCaughtUp() {
        long accepted = acknowledgements.accepted();
        boolean joined = state.isMember()
                && !state.isQuorum()
                && !state.standing.complete()
                && accepted > 0
                && log.termAt(accepted) == state.term;
        if (joined) {
            stand(new Standing(state.term, true));
        }
    }

    /** This replica leads from now on, with its log as it is. */
    void lead() {
        Ballot won = state.ballot;
        state.ballot = null;
        state.role = Role.LEADER;
        state.leader = state.self;
        state.agreed = true;
        log.promiseWhatWasHeard();
        sender.pushToEverybody();
        state.termStart = log.addMark(state.term, RecordKind.TERM, state.self, null);
        state.matched = state.termStart;
        if (won != null) {
            won.won();
        }
    }

    private void loseLead() {
        seat.clear();
        log.forgetPromise();
        log.refuseWaiting(new AppendRefusal.Unavailable(state.self + " no longer leads the journal", true));
    }

    /** In a quorum somebody is in a later term: who leads an earlier one no longer does. */
    void learnOf(long later) {
        if (state.isQuorum() && later > state.term) {
            followBallot(later, null);
        }
    }

    /** @param newLeader null if it is not known yet, or the ballot may still be lost */
    void followBallot(long later, @Nullable String newLeader) {
        Role before = state.role;
        Ballot given = state.ballot;
        state.ballot = null;
        state.role = Role.FOLLOWER;
        state.leader = newLeader;
        if (later > state.term) {
            beginTerm(later);
        }
        if (before == Role.LEADER) {
            loseLead();
        }
        if (given != null) {
            given.lost();
        }
    }

    /** Whether records of this term are to be taken from this peer; in a quorum they show who leads. */
    boolean isSource(Peer peer, long messageTerm) {
        long term = state.term;
        if (!state.isQuorum()) {
            return messageTerm == term && state.role == Role.FOLLOWER && peer.name.equals(state.upstream());
        }
        if (state.role == Role.CANDIDATE && messageTerm == term) {
            return state.ballot != null && state.ballot.takesOverFrom(peer.name);
        }
        boolean leads = peer.name.equals(state.ownerOf(messageTerm));
        if (!leads || messageTerm < term || messageTerm == term && state.role != Role.FOLLOWER) {
            return false;
        }
        if (messageTerm > term || state.leader == null) {
            followBallot(messageTerm, peer.name);
        }
        return true;
    }
}
