package dev.boreal.controlplane.paxos;

import java.util.Arrays;
import java.util.List;

/** What members say to one another. Any of them may be lost, repeated, late or overtaken. */
public sealed interface PaxosMessage {

    /** "Would you promise?" Asked first, so that a member which was cut off does not unseat a leader that all others hear. */
    record Canvass(Ballot ballot, long decidedThrough) implements PaxosMessage {}

    /**
     * @param promised what the answerer has promised, so that the asker finds a higher round
     * @param decidedThrough how far the answerer is; who is behind should catch up first
     */
    record CanvassAnswer(Ballot ballot, boolean support, Ballot promised, long decidedThrough)
            implements PaxosMessage {}

    /** Phase 1a for all decrees from {@code fromSlot} on. */
    record Prepare(Ballot ballot, long fromSlot) implements PaxosMessage {}

    /**
     * Phase 1b. Says of every decree above {@code decidedThrough} what was accepted; those below must be asked for.
     */
    record Promise(Ballot ballot, long decidedThrough, List<SlotReport> reports) implements PaxosMessage {
        public Promise {
            reports = List.copyOf(reports);
        }
    }

    /** The answer to anything of a {@code ballot} below the one promised. */
    record Refuse(Ballot ballot, Ballot promised) implements PaxosMessage {}

    /** Phase 2a. */
    record Accept(Ballot ballot, long slot, Decree decree) implements PaxosMessage {}

    /** Phase 2b. */
    record Accepted(Ballot ballot, long slot) implements PaxosMessage {}

    /** The leader tells how far all is decided: what was accepted in this ballot up to there is. */
    record Commit(Ballot ballot, long decidedThrough) implements PaxosMessage {}

    /** As {@link Commit}, and asks whether it still leads. */
    record Heartbeat(Ballot ballot, long decidedThrough, long round) implements PaxosMessage {}

    /** "When I said this I had promised nothing above {@code ballot}." */
    record HeartbeatAnswer(Ballot ballot, long round) implements PaxosMessage {}

    /**
     * Asks for decided decrees.
     *
     * @param needsSnapshot the asker knows no members yet, so that decrees alone would not help it
     * @param snapshotSlot the snapshot of which it has a part, or 0
     * @param offset how much of that
     */
    record CatchUp(long fromSlot, boolean needsSnapshot, long snapshotSlot, int offset) implements PaxosMessage {}

    /** Decided decrees from {@code fromSlot} on, without a gap. */
    record Decrees(long fromSlot, List<Decree> decrees, long decidedThrough) implements PaxosMessage {
        public Decrees {
            decrees = List.copyOf(decrees);
        }
    }

    /** A part of a snapshot. */
    record SnapshotPart(long slot, int total, int offset, byte[] bytes) implements PaxosMessage {
        @Override
        public boolean equals(Object other) {
            return other instanceof SnapshotPart that
                    && slot == that.slot
                    && total == that.total
                    && offset == that.offset
                    && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(slot) * 31 + offset;
        }

        @Override
        public String toString() {
            return "SnapshotPart[slot=" + slot + ", total=" + total + ", offset=" + offset + ", bytes=" + bytes.length
                    + "]";
        }
    }

    /** A request that somebody made of a member that does not lead. */
    record Forward(Decree decree) implements PaxosMessage {}

    /**
     * "How far must I be to have seen everything acknowledged until now?"
     *
     * @param id of the asker's choice, used in one life of it only
     * @param sign a number of which the leader's host is told, or 0: a session's sign of life
     */
    record Inquire(long id, long sign) implements PaxosMessage {}

    record InquiryAnswer(long id, long slot) implements PaxosMessage {}
}
