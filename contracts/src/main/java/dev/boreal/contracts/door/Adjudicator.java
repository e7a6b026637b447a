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

    /** Hears the answer. Must not block. */
    interface CommitListener {
        void onOutcome(CommitOutcome outcome);
    }

    /** What became of a chunk. */
    sealed interface StageOutcome {
        /** Durable at {@code position} of the journal in which this adjudicator commits. */
        record Staged(long position) implements StageOutcome {}

        record Refused(CommitOutcome.RefusalReason reason, String message) implements StageOutcome {}
    }
}
