package dev.boreal.adjudicator.service;

import dev.boreal.clock.Chance;
import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;

/** A way to an adjudicator on which answers get lost, and requests arrive long after their connection broke, or never. */
final class UnreliableConnection implements Adjudicator {
    private static final CommitOutcome BROKEN = new CommitOutcome.Indeterminate("the connection broke");

    private final Timer timer;
    private final Chance chance;
    private volatile Adjudicator target;

    UnreliableConnection(Adjudicator target, Timer timer, Chance chance) {
        this.target = target;
        this.timer = timer;
        this.chance = chance;
    }

    void replace(Adjudicator newTarget) {
        target = newTarget;
    }

    private synchronized int draw(int bound) {
        return chance.below(bound);
    }

    @Override
    public void commit(CommitRequest request, CommitListener listener) {
        Adjudicator now = target;
        switch (draw(12)) {
            case 0 -> {
                now.commit(request, outcome -> {});
                listener.onOutcome(BROKEN);
            }
            case 1 -> {
                listener.onOutcome(BROKEN);
                timer.after(draw(150_000_000), () -> target.commit(request, outcome -> {}));
            }
            case 2 -> listener.onOutcome(BROKEN);
            case 3 -> timer.after(draw(30_000_000), () -> now.commit(request, outcome -> {}));
            default -> now.commit(request, listener);
        }
    }

    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        return target.stage(transactionId, writes);
    }

    @Override
    public void outcomeOf(long transactionId, long snapshot, CommitListener listener) {
        Adjudicator now = target;
        switch (draw(6)) {
            case 0 -> {
                now.outcomeOf(transactionId, snapshot, outcome -> {});
                listener.onOutcome(
                        new CommitOutcome.Refused(CommitOutcome.RefusalReason.NOT_LEADER, "the connection broke"));
            }
            default -> now.outcomeOf(transactionId, snapshot, listener);
        }
    }

    @Override
    public void leadership(LeadershipListener listener) {
        target.leadership(listener);
    }
}
