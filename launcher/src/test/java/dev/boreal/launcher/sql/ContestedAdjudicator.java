package dev.boreal.launcher.sql;

import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.Conflict;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.concurrent.atomic.AtomicInteger;

/** An adjudicator before which, as long as it is contested, somebody has always been faster with the row accessed last. */
final class ContestedAdjudicator implements Adjudicator {
    private final Adjudicator adjudicator;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile int refusals;

    ContestedAdjudicator(Adjudicator adjudicator) {
        this.adjudicator = adjudicator;
    }

    /** Refuses so many commits from here on. */
    void contest(int commits) {
        refused.set(0);
        refusals = commits;
    }

    /** How many commits it has refused since. */
    int refused() {
        return refused.get();
    }

    @Override
    public void commit(CommitRequest request, CommitListener listener) {
        if (refused.get() >= refusals) {
            adjudicator.commit(request, listener);
            return;
        }
        refused.incrementAndGet();
        listener.onOutcome(new CommitOutcome.Conflicted(new Conflict(
                request.accesses().fingerprints().length - 1,
                -1,
                AccessMode.WRITE,
                AccessMode.WRITE,
                4711,
                request.snapshot() + 1,
                "the_faster",
                "",
                request.snapshot(),
                "contested")));
    }

    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        return adjudicator.stage(transactionId, writes);
    }
}
