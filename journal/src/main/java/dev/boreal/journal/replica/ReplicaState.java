package dev.boreal.journal.replica;

import dev.boreal.contracts.cluster.JournalPlan;
import dev.boreal.contracts.cluster.ReplicationMode;
import dev.boreal.journal.order.LogState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a replica stands, for all parts of its core: its plan, its term and who leads that, and how far its log is the
 * leader's. {@link Leadership} changes the term and the role, {@link RecordFollower} what is matched, {@link ReplicaCore} the plan
 * and the time. Not thread-safe.
 */
final class ReplicaState {
    final String self;
    final ReplicaConfiguration configuration;
    final ReplicaEffects effects;
    final ReplicaLog log;
    final Peers peers;

    /** Null until the first one is known; until then the replica says nothing. */
    @Nullable JournalPlan plan;

    /** The time of the input that is worked on. */
    long now;

    Standing standing;
    Standing durableStanding;
    long term;
    Role role = Role.FOLLOWER;

    @Nullable String leader;

    /** While it is a candidate. */
    @Nullable Ballot ballot;

    /** When somebody led, or began to try, as far as is known here. */
    long ledAt;

    /** Of the one who leads: the index of the mark with which its term begins. */
    long termStart;

    /** Up to here the log is that of the term's leader. */
    long matched;

    /** Whether that is known, so that others may copy from here. */
    boolean agreed;

    /** Whether somebody who reads here wants to hear news at once. */
    boolean awaited;

    /** When another replica's readers last waited for a watermark. */
    long wishedAt;

    ReplicaState(
            String self,
            ReplicaConfiguration configuration,
            Standing standing,
            LogState end,
            ReplicaLog log,
            ReplicaEffects effects) {
        this.self = self;
        this.configuration = configuration;
        this.effects = effects;
        this.log = log;
        this.standing = standing;
        durableStanding = standing;
        term = Math.max(standing.term(), end.lastTerm());
        wishedAt = Long.MIN_VALUE / 2;
        peers = new Peers(self, configuration.silenceNanos(), effects);
    }

    JournalPlan knownPlan() {
        return Objects.requireNonNull(plan, "no plan is known yet");
    }

    boolean isQuorum() {
        return plan != null && plan.mode() == ReplicationMode.QUORUM;
    }

    boolean isMember() {
        return plan != null && plan.members().contains(self);
    }

    /** Whose ballot that is. */
    String ownerOf(long ballotTerm) {
        List<String> voters = knownPlan().members();
        return voters.get(Ballot.owner(ballotTerm, voters.size()));
    }

    /** Whether that replica copies from this one. */
    boolean isDownstream(String name) {
        JournalPlan current = knownPlan();
        if (isQuorum()) {
            return role == Role.LEADER;
        }
        int place = current.members().indexOf(self);
        boolean tail = place == current.members().size() - 1;
        return place >= 0
                && (tail
                        ? current.learners().contains(name)
                        : current.members().get(place + 1).equals(name));
    }

    /** From whom this one copies in a chain; null if it is the head or does not belong to it. */
    @Nullable String upstream() {
        JournalPlan current = knownPlan();
        int place = current.members().indexOf(self);
        if (place > 0) {
            return current.members().get(place - 1);
        }
        return current.learners().contains(self) ? current.tail() : null;
    }

    /** The peer that leads, or null if that is this replica or nobody who is known. */
    @Nullable Peer leadingPeer() {
        return leader == null ? null : peers.get(leader);
    }

    /** Whom to name to somebody who wants the leader. */
    @Nullable String leaderOrSuccessor() {
        return role == Role.SUCCESSOR ? self : leader;
    }

    /** How far whoever copies from here may get: who only follows passes on what is surely the leader's. */
    long shareable() {
        return role == Role.LEADER ? log.lastIndex() : matched;
    }

    /** Whether readers of any other replica want to hear news before the next pulse. */
    boolean isAwaitedElsewhere() {
        if (now - wishedAt < configuration.pulseNanos()) {
            return true;
        }
        for (Peer peer : peers.all()) {
            if (peer.awaits) {
                return true;
            }
        }
        return false;
    }

    void send(Peer peer, Message message) {
        peers.send(peer, message, now);
    }
}
