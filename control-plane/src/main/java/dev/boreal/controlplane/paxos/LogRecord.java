package dev.boreal.controlplane.paxos;

import java.util.List;

/** What a member writes to its log on disk, in this order. What it finds after a restart is all it remembers. */
public sealed interface LogRecord {

    /** Whether somebody is told of it only once it is durable. Others may be written without a sync. */
    default boolean mustBeDurable() {
        return true;
    }

    /** It accepts nothing below {@code ballot} any more. */
    record Promised(Ballot ballot) implements LogRecord {}

    /** It accepted, and with that promised {@code ballot}. */
    record Accepted(Ballot ballot, long slot, Decree decree) implements LogRecord {}

    /** It heard that a decree was decided which it had not accepted so. */
    record Learned(long slot, Decree decree) implements LogRecord {
        @Override
        public boolean mustBeDurable() {
            return false;
        }
    }

    /** All decrees up to {@code slot} are decided: as learned, or else as last accepted. */
    record DecidedThrough(long slot) implements LogRecord {
        @Override
        public boolean mustBeDurable() {
            return false;
        }
    }

    /** Takes the place of everything before it. */
    record Checkpoint(Snapshot snapshot, Ballot promised, List<SlotReport> open) implements LogRecord {
        public Checkpoint {
            open = List.copyOf(open);
        }
    }
}
