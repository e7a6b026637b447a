package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The adjudicator as one session asks it: the wait for an answer can be interrupted. The request is on its way then and
 * nobody can call it back, so that the outcome is not known.
 */
final class InterruptibleAdjudicator implements Adjudicator {
    private final Adjudicator adjudicator;
    private final Interruption interruption;

    InterruptibleAdjudicator(Adjudicator adjudicator, Interruption interruption) {
        this.adjudicator = adjudicator;
        this.interruption = interruption;
    }

    @Override
    public void commit(CommitRequest request, CommitListener listener) {
        adjudicator.commit(request, listener);
    }

    @Override
    public CommitOutcome commit(CommitRequest request) {
        AtomicReference<CommitOutcome> answer = new AtomicReference<>();
        CountDownLatch answered = new CountDownLatch(1);
        adjudicator.commit(request, outcome -> {
            answer.set(outcome);
            answered.countDown();
        });
        interruption.await(answered::await);
        CommitOutcome outcome = answer.get();
        return outcome != null
                ? outcome
                : new CommitOutcome.Indeterminate("The wait for the answer to COMMIT was canceled on request or by"
                        + " statement_timeout, after COMMIT had been sent.");
    }

    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        interruption.check();
        return adjudicator.stage(transactionId, writes);
    }
}
