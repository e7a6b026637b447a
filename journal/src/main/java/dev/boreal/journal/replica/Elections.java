package dev.boreal.journal.replica;

import java.util.List;
import java.util.Objects;

/**
 * Ballots of a quorum. A candidate asks for promises, takes over the longest log among those of a majority and then leads with
 * it (Paxos, phase 1). Whoever promises notes it durably before it says so. Not thread-safe.
 */
final class Elections {
    private final ReplicaState state;
    private final ReplicaLog log;
    private final Leadership leadership;
    private final RecordFollower follower;

    Elections(ReplicaState state, Leadership leadership, RecordFollower follower) {
        this.state = state;
        this.leadership = leadership;
        this.follower = follower;
        log = state.log;
    }

    /** Tries to lead; one of the two runs when it is known. */
    void prepare(Runnable won, Runnable lost) {
        Ballot current = state.ballot;
        if (current != null) {
            current.await(won, lost);
            return;
        }
        if (state.role == Role.LEADER) {
            throw new IllegalStateException("a leader needs no ballot");
        }
        List<String> voters = state.knownPlan().members();
        long next = Ballot.next(state.term, voters.indexOf(state.self), voters.size());
        leadership.beginTerm(next);
        state.leader = null;
        state.role = Role.CANDIDATE;
        Ballot begun = new Ballot(next, voters.size(), state.now);
        state.ballot = begun;
        begun.await(won, lost);
        leadership.stand(new Standing(next, true));
        askForPromises(begun);
    }

    private void askForPromises(Ballot current) {
        for (String voter : state.knownPlan().members()) {
            Peer peer = state.peers.get(voter);
            if (peer != null && !current.hasPromiseOf(voter)) {
                state.send(peer, new Message.Prepare(state.term));
            }
        }
    }

    void receivePrepare(Peer peer, Message.Prepare prepare) {
        if (!state.isQuorum() || !peer.name.equals(state.ownerOf(prepare.term()))) {
            return;
        }
        if (prepare.term() < state.term || prepare.term() == state.term && state.leader != null) {
            state.send(peer, new Message.Superseded(state.term));
            return;
        }
        if (prepare.term() > state.term) {
            leadership.followBallot(prepare.term(), null);
        }
        if (state.role == Role.FOLLOWER) {
            if (state.durableStanding.term() == state.term) {
                state.send(peer, ownPromise());
            } else {
                leadership.stand(new Standing(state.term, true));
            }
        }
    }

    private Message.Promise ownPromise() {
        return new Message.Promise(state.term, log.lastIndex(), log.lastTerm());
    }

    /** The standing of the current term is durable: what was promised can be said. */
    void stood() {
        Ballot current = state.ballot;
        if (state.role == Role.CANDIDATE && current != null) {
            current.promised(state.self, ownPromise());
            choose(current);
        } else if (state.isQuorum() && state.leader == null) {
            Peer owner = state.peers.get(state.ownerOf(state.term));
            if (owner != null) {
                state.send(owner, ownPromise());
            }
        }
    }

    void receivePromise(Peer peer, Message.Promise promise) {
        Ballot current = state.ballot;
        if (state.role == Role.CANDIDATE && current != null && promise.term() == state.term) {
            current.promised(peer.name, promise);
            choose(current);
        }
    }

    private void choose(Ballot current) {
        if (!current.canChoose(state.self)) {
            return;
        }
        String source = current.choose(state.self);
        if (source.equals(state.self)) {
            leadership.lead();
        } else {
            Peer peer = state.peers.get(source);
            if (peer != null) {
                follower.fetch(peer, Math.min(log.lastIndex(), current.targetIndex()), true);
            }
        }
    }

    /** Records of the chosen log came in: leads if that was all, or asks for more. */
    void takeOver(Peer peer) {
        if (Objects.requireNonNull(state.ballot).isTakenOver(log.lastIndex(), log.lastTerm())) {
            leadership.lead();
        } else {
            follower.fetch(peer, log.lastIndex(), true);
        }
    }

    /** Asks again, gives up, or begins by itself. */
    void tick() {
        Ballot current = state.ballot;
        if (current == null) {
            if (isLeaderless()) {
                prepare(() -> {}, () -> {});
            }
        } else if (state.now - current.begun > state.configuration.ballotNanos()) {
            leadership.followBallot(state.term, null);
        } else if (current.source() == null) {
            askForPromises(current);
        } else {
            Peer source = state.peers.get(current.source());
            if (source != null) {
                follower.fetch(source, Math.min(log.lastIndex(), current.targetIndex()), false);
            }
        }
    }

    /**
     * Whether nobody leads a quorum although a majority could be asked: then readers would never learn what is committed. The
     * voters wait for different times, so that mostly one of them tries.
     */
    private boolean isLeaderless() {
        int number = state.isQuorum() ? state.knownPlan().members().indexOf(state.self) : -1;
        if (number < 0
                || state.role != Role.FOLLOWER
                || state.now - state.ledAt <= state.configuration.slowNanos() * (2 + number) / 2) {
            return false;
        }
        int heard = 1;
        for (String voter : state.knownPlan().members()) {
            Peer peer = state.peers.get(voter);
            heard += peer != null && !peer.isSilent(state.now, state.configuration.silenceNanos()) ? 1 : 0;
        }
        return heard > state.knownPlan().members().size() / 2;
    }
}
