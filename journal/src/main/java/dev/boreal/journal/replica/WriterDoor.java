package dev.boreal.journal.replica;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.door.Journal.Writer;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.order.RecentAppends;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.ReplicaEffects.OpenListener;
import org.jspecify.annotations.Nullable;

/**
 * Admits what a writer asks for, or refuses it: the journal's door as the leader sees it. Epochs fence; timestamps rise; what
 * is not committed yet is bounded. Whoever opens a quorum's journal at a replica that does not lead makes it try. Not
 * thread-safe.
 */
final class WriterDoor {
    private final ReplicaState state;
    private final ReplicaLog log;
    private final ReplicaEffects effects;
    private final WriterSeat seat;
    private final Elections elections;

    WriterDoor(ReplicaState state, WriterSeat seat, Elections elections) {
        this.state = state;
        this.seat = seat;
        this.elections = elections;
        log = state.log;
        effects = state.effects;
    }

    void open(String owner, long expectedEpoch, Writer writer, OpenListener listener) {
        if (state.role == Role.LEADER) {
            openHere(owner, expectedEpoch, writer, listener);
        } else {
            becomeLeader(() -> openHere(owner, expectedEpoch, writer, listener), listener, true);
        }
    }

    private void openHere(String owner, long expectedEpoch, Writer writer, OpenListener listener) {
        LogState end = log.state();
        if (end.epoch() != expectedEpoch) {
            effects.opened(listener, new OpenOutcome.EpochMoved(end.epoch(), end.owner()));
            return;
        }
        OpenOutcome outcome = new OpenOutcome.Opened(end.epoch() + 1, end.lastPosition(), log.lastTimestamp());
        log.addMark(state.term, RecordKind.EPOCH, owner, new OpenMark(effects, listener, outcome));
        state.matched = log.lastIndex();
        seat.take(writer, log.state().epoch(), 0);
    }

    void resume(long epoch, Writer writer, OpenListener listener) {
        if (state.role == Role.LEADER) {
            resumeHere(epoch, writer, listener);
        } else {
            becomeLeader(() -> resumeHere(epoch, writer, listener), listener, false);
        }
    }

    private void resumeHere(long epoch, Writer writer, OpenListener listener) {
        LogState end = log.state();
        if (end.epoch() != epoch || end.isSealed()) {
            effects.opened(listener, new OpenOutcome.EpochMoved(end.epoch(), end.owner()));
            return;
        }
        seat.take(writer, epoch, log.lastTimestamp());
        effects.opened(listener, new OpenOutcome.Opened(epoch, end.lastPosition(), log.lastTimestamp()));
    }

    /** @param atOnce whether also when somebody leads who is heard of */
    private void becomeLeader(Runnable then, OpenListener listener, boolean atOnce) {
        Peer leading = state.leadingPeer();
        boolean heard = leading != null && !leading.isSilent(state.now, state.configuration.silenceNanos());
        if (!state.isQuorum() || !state.isMember() || heard && !atOnce) {
            effects.opened(listener, new OpenOutcome.NotLeader(state.leaderOrSuccessor()));
            return;
        }
        elections.prepare(
                then,
                () -> effects.opened(
                        listener, new OpenOutcome.Unavailable("no majority of the journal's replicas answered")));
    }

    void append(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        LogState end = log.state();
        AppendRefusal refusal = null;
        if (state.role != Role.LEADER) {
            // From here on only resent appends keep their order.
            seat.refuseAppends();
            refusal = new AppendRefusal.NotLeader(state.leaderOrSuccessor());
        } else if (entry.payload().length > state.configuration.maxEntryBytes()) {
            refusal = new AppendRefusal.TooLarge(state.configuration.maxEntryBytes());
        } else if (end.epoch() != epoch || end.isSealed()) {
            refusal = new AppendRefusal.Fenced(end.epoch());
        } else if (!seat.isOf(epoch)) {
            refusal = new AppendRefusal.NotLeader(state.self);
        } else if (entry.timestamp() <= seat.resentThrough() && isHeld(epoch, entry.timestamp(), listener)) {
            return;
        } else {
            refusal = objectionTo(expectedPosition, entry, end);
        }
        if (refusal != null) {
            effects.refused(listener, refusal);
            return;
        }
        state.matched = log.add(state.term, RecordKind.ENTRY, entry, listener);
    }

    private @Nullable AppendRefusal objectionTo(long expectedPosition, JournalEntry entry, LogState end) {
        if (expectedPosition >= 0 && expectedPosition != end.lastPosition()) {
            return new AppendRefusal.PositionMoved(end.lastPosition());
        }
        if (entry.timestamp() <= log.lastTimestamp()) {
            return new AppendRefusal.NotMonotonic(log.lastTimestamp());
        }
        return isFull() ? new AppendRefusal.Overloaded() : null;
    }

    private boolean isFull() {
        long committed = Math.max(log.committedIndex(), log.tail().base());
        return log.lastIndex() - committed >= state.configuration.queueEntries()
                || log.tail().bytesBehind(committed) >= state.configuration.queueBytes();
    }

    /** Answers an append that was sent again if the log holds it, now or when it is committed. */
    private boolean isHeld(long epoch, long timestamp, AppendListener listener) {
        long position = log.recent().positionOf(epoch, timestamp);
        if (position == RecentAppends.UNKNOWN) {
            return false;
        }
        RecordTail tail = log.tail();
        if (position <= log.toldPosition()) {
            effects.durable(listener, position);
        } else if (position <= tail.position(tail.base())) {
            effects.refused(listener, new AppendRefusal.NotLeader(state.self));
        } else {
            long index = tail.lastIndexWithPosition(position - 1, tail.last()) + 1;
            AppendListener waiting = tail.takeListener(index);
            tail.putListener(index, waiting == null ? listener : new BothListeners(effects, waiting, listener));
        }
        return true;
    }

    void heartbeat(long epoch, long timestamp) {
        LogState end = log.state();
        if (state.role == Role.LEADER
                && seat.isOf(epoch)
                && end.epoch() == epoch
                && !end.isSealed()
                && log.promise(timestamp)) {
            log.heartbeat(log.lastIndex(), timestamp);
        }
    }

    void seal(long epoch, AppendListener listener) {
        if (state.role != Role.LEADER) {
            effects.refused(listener, new AppendRefusal.NotLeader(state.leaderOrSuccessor()));
        } else if (epoch != log.state().epoch() || epoch == 0) {
            effects.durable(listener, log.toldPosition());
        } else {
            seat.forgetWriter();
            state.matched = log.addMark(state.term, RecordKind.SEAL, "", listener);
        }
    }

    /** At any replica: whoever leads asks its writer. */
    void requestAdvance(long timestamp) {
        if (log.watermark() >= timestamp) {
            return;
        }
        if (state.role == Role.LEADER) {
            Writer writer = seat.writer();
            if (writer != null && log.lastTimestamp() < timestamp) {
                effects.advanceRequested(writer, timestamp);
            }
            return;
        }
        Peer leading = state.leadingPeer();
        if (leading != null) {
            state.send(leading, new Message.Advance(state.term, timestamp));
        }
    }
}
