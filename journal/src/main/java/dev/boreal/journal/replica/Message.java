package dev.boreal.journal.replica;

import dev.boreal.journal.order.LogState;

/**
 * What replicas of one journal say to one another. Every message may be lost, come twice, or come late; the term tells
 * whether it still means anything.
 */
public sealed interface Message {

    /** The term that the sender is in. */
    long term();

    /**
     * Records behind {@code (previousIndex, previousTerm)}, from whoever the receiver copies from. Without records it still tells
     * the news.
     *
     * @param committed everything up to this index is committed, as far as the receiver's log is the sender's
     * @param heartbeat a watermark that holds behind the last record of the batch, or 0
     * @param more the sender has more, which the receiver shall {@link Fetch}
     */
    record Append(
            long term,
            long previousIndex,
            long previousTerm,
            RecordBatch records,
            long committed,
            long heartbeat,
            boolean more)
            implements Message {}

    /** The receiver shall send what it has behind {@code afterIndex}. */
    record Fetch(long term, long afterIndex) implements Message {}

    /**
     * A sign of life, and how far the sender is.
     *
     * @param accepted its log is durable up to here, and is that of the term's leader
     * @param lastIndex the last index that it holds
     * @param leads whether it leads its term
     * @param awaited whether somebody there wants to hear at once what becomes committed
     */
    record Acceptance(long term, long accepted, long lastIndex, boolean leads, boolean awaited) implements Message {}

    /** The sender wants to lead in {@code term}: promise to accept from nobody of an earlier one. */
    record Prepare(long term) implements Message {}

    /** Promised, durably; the sender's log ends with this record. */
    record Promise(long term, long lastIndex, long lastTerm) implements Message {}

    /** The sender is in a later term than a message that it got. */
    record Superseded(long term) implements Message {}

    /** What the receiver wants to fetch was trimmed: it begins anew behind {@code base}. */
    record Base(long term, LogState base) implements Message {}

    /** Somebody at the sender waits for this watermark: for the leader's writer. */
    record Advance(long term, long timestamp) implements Message {}

    /** Entries up to this position may be forgotten. */
    record Trim(long term, long position) implements Message {}

    /** A message that goes by a third replica, because nothing is heard on the direct way. */
    record Relay(String origin, String destination, Message message) implements Message {
        @Override
        public long term() {
            return message.term();
        }
    }
}
