package dev.boreal.contracts.journal;

import org.jspecify.annotations.Nullable;

/** What a journal answers to a conditional open. */
public sealed interface OpenOutcome {

    /**
     * The caller is the writer now; every earlier epoch is sealed.
     *
     * @param epoch the new epoch
     * @param lastPosition the position of the last entry, 0 if there is none
     * @param lastTimestamp the highest timestamp of an entry or of a heartbeat that the journal knows of, 0 if there is
     *     none; appends must lie above it. Heartbeats are not durable, so after a crash this may be less than was promised
     */
    record Opened(long epoch, long lastPosition, long lastTimestamp) implements OpenOutcome {}

    /** Somebody else opened an epoch in between. */
    record EpochMoved(long currentEpoch, String owner) implements OpenOutcome {}

    /**
     * This replica does not lead; nothing was changed.
     *
     * @param leader the replica to ask instead as far as this one knows; null if it knows none
     */
    record NotLeader(@Nullable String leader) implements OpenOutcome {}

    /** The journal takes no writer: closed, its disk failed, or too few replicas answer; then the epoch may have been opened. */
    record Unavailable(String message) implements OpenOutcome {}
}
