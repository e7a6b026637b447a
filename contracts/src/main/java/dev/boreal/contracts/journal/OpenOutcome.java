package dev.boreal.contracts.journal;

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

    /** The journal takes no writer: closed, or its disk failed. */
    record Unavailable(String message) implements OpenOutcome {}
}
