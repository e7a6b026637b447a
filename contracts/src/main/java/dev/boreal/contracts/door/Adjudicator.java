package dev.boreal.contracts.door;

import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.concurrent.CompletableFuture;

/**
 * Decides, in timestamp order, which transactions commit. Any thread may call. A request is answered exactly once.
 */
public interface Adjudicator {

    /**
     * Checks, orders and appends a transaction; the answer comes when it is durable and the clock has certainly passed
     * its timestamp, or when it cannot commit. Returns at once; {@code listener} is called once, possibly on the calling
     * thread before this returns (a refusal), else on a thread of the adjudicator's or the journal's.
     */
    void commit(CommitRequest request, CommitListener listener);

    /** As {@link #commit(CommitRequest, CommitListener)}, waiting for the answer. For virtual threads. */
    default CommitOutcome commit(CommitRequest request) {
        CompletableFuture<CommitOutcome> answer = new CompletableFuture<>();
        commit(request, answer::complete);
        return answer.join();
    }

    /**
     * Puts a part of a large transaction into the journal ahead of its commit. Blocks until it is durable. The chunk
     * counts only once a commit record names the position that comes back.
     */
    StageOutcome stage(long transactionId, WriteSet writes);

    /**
     * Fixes, and tells, what became of a transaction whose answer was lost. Made for requests that carried an epoch: once
     * this has answered for one of an earlier epoch or of the present one, the answer never changes. Returns at once;
     * {@code listener} is called once, as by {@link #commit(CommitRequest, CommitListener)}, with
     *
     * <ul>
     *   <li>{@code Committed}: it is durable, and the clock has passed it;
     *   <li>{@code Refused(NEVER_COMMITTED)}: nothing was written, and nothing of it ever will be;
     *   <li>{@code Refused} for another reason: this adjudicator cannot tell, another may;
     *   <li>{@code Indeterminate}: it cannot be known any more.
     * </ul>
     *
     * @param snapshot the request's snapshot: what committed above it must be remembered, or there is no telling
     */
    default void outcomeOf(long transactionId, long snapshot, CommitListener listener) {
        listener.onOutcome(new CommitOutcome.Indeterminate("this adjudicator remembers no outcomes"));
    }

    /**
     * Who decides, as far as this adjudicator knows. Returns at once; {@code listener} is called once, on any thread. One
     * that cannot be reached is told as {@link Leadership#UNKNOWN}.
     */
    default void leadership(LeadershipListener listener) {
        listener.onLeadership(Leadership.UNKNOWN);
    }

    /**
     * Says that somebody is about to read as of {@code timestamp}, so that the watermark may already be on its way when the read asks
     * for it. Returns at once; whoever does not decide ignores it.
     */
    default void advance(long timestamp) {}

    /** Hears the answer. Must not block. */
    interface CommitListener {
        void onOutcome(CommitOutcome outcome);
    }

    /** Hears who leads. Must not block. */
    interface LeadershipListener {
        void onLeadership(Leadership leadership);
    }

    /**
     * What an adjudicator knows of who decides.
     *
     * @param leading whether it is this one
     * @param owner the name of the one that it knows of, empty if none
     * @param epoch the epoch of that one's tenure, 0 if none; goes into {@link CommitRequest#epoch()}
     */
    record Leadership(boolean leading, String owner, long epoch) {
        public static final Leadership UNKNOWN = new Leadership(false, "", 0);
    }

    /** What became of a chunk. */
    sealed interface StageOutcome {
        /** Durable at {@code position} of the journal in which this adjudicator commits. */
        record Staged(long position) implements StageOutcome {}

        record Refused(CommitOutcome.RefusalReason reason, String message) implements StageOutcome {}
    }
}
