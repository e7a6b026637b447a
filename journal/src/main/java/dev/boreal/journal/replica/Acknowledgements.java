package dev.boreal.journal.replica;

import dev.boreal.contracts.cluster.JournalPlan;
import java.util.List;

/**
 * Who has what durably, and so what is committed: in a chain what all members have, in a quorum what a majority has, of which
 * one record must be of the current term (Raft, section 5.4.2). Members of a chain tell its head, which alone counts;
 * voters of a quorum tell everybody, so that each finds the commits by itself. Not thread-safe.
 */
final class Acknowledgements {
    private final ReplicaState state;
    private final ReplicaLog log;
    private long sentAccepted;

    Acknowledgements(ReplicaState state) {
        this.state = state;
        log = state.log;
    }

    void beginTerm() {
        sentAccepted = 0;
    }

    /** Up to where this log is that of the term's leader, and durable. */
    long accepted() {
        boolean notYetInTerm = !state.isQuorum() && state.durableStanding.term() != state.term;
        if (notYetInTerm || state.role == Role.SUCCESSOR || state.role == Role.CANDIDATE) {
            return 0;
        }
        return Math.min(state.matched, log.syncedIndex());
    }

    /** Of the current term, or out of date. */
    void receive(Peer peer, Message.Acceptance acceptance) {
        if (acceptance.term() == state.term) {
            peer.accepted(acceptance, log.lastIndex(), state.now);
            if (state.isQuorum() && acceptance.leads() && state.role == Role.FOLLOWER) {
                state.leader = peer.name;
                state.ledAt = state.now;
            }
        } else if (acceptance.leads()) {
            state.send(peer, new Message.Superseded(state.term));
        }
    }

    /** A sign of life, which also repeats what may have been lost. */
    void pulse(Peer peer) {
        state.peers.ping(peer, news(accepted()), state.now);
    }

    /** Tells whoever counts if more is durable than was told. */
    void tell() {
        long accepted = accepted();
        if (accepted <= sentAccepted) {
            return;
        }
        sentAccepted = accepted;
        Message news = news(accepted);
        for (Peer peer : state.peers.all()) {
            if (state.isQuorum() || peer.name.equals(state.leader)) {
                state.send(peer, news);
            }
        }
    }

    private Message news(long accepted) {
        return new Message.Acceptance(state.term, accepted, log.lastIndex(), state.role == Role.LEADER, state.awaited);
    }

    /** Commits what enough replicas have. */
    void findCommits() {
        JournalPlan current = state.knownPlan();
        if (!state.isQuorum()) {
            if (state.role == Role.LEADER) {
                long everywhere = acceptedByAll(current.members());
                if (everywhere >= state.termStart) {
                    log.commit(everywhere);
                }
            }
            return;
        }
        long majority = Math.min(acceptedByMajority(current.members()), state.matched);
        if (majority > log.committedIndex() && log.termAt(majority) == state.term) {
            log.commit(majority);
        }
    }

    private long acceptedByAll(List<String> members) {
        long lowest = accepted();
        for (int i = 0; i < members.size(); i++) {
            Peer peer = state.peers.get(members.get(i));
            if (peer != null) {
                lowest = Math.min(lowest, peer.accepted);
            }
        }
        return lowest;
    }

    private long acceptedByMajority(List<String> members) {
        long best = 0;
        for (int i = 0; i < members.size(); i++) {
            long candidate = acceptedBy(members.get(i));
            int count = 0;
            for (int j = 0; j < members.size(); j++) {
                count += acceptedBy(members.get(j)) >= candidate ? 1 : 0;
            }
            if (count > members.size() / 2) {
                best = Math.max(best, candidate);
            }
        }
        return best;
    }

    private long acceptedBy(String member) {
        Peer peer = state.peers.get(member);
        return peer == null ? accepted() : peer.accepted;
    }
}
