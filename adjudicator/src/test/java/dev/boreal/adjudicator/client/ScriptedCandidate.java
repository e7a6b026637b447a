package dev.boreal.adjudicator.client;

import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A candidate that keeps what it is asked until the test answers, and that can fall silent. */
final class ScriptedCandidate implements Adjudicator {
    private final List<CommitRequest> commits = new ArrayList<>();
    private final Deque<CommitListener> commitListeners = new ArrayDeque<>();
    private final List<Long> asked = new ArrayList<>();
    private final Deque<CommitListener> outcomeListeners = new ArrayDeque<>();
    private final Deque<StageOutcome> stages = new ArrayDeque<>();
    private Leadership leadership = Leadership.UNKNOWN;
    private boolean silent;
    private int staged;

    void leads(long epoch) {
        leadership = new Leadership(true, "it", epoch);
    }

    void follows(String owner, long epoch) {
        leadership = new Leadership(false, owner, epoch);
    }

    void fallSilent() {
        silent = true;
    }

    List<CommitRequest> commits() {
        return commits;
    }

    List<Long> asked() {
        return asked;
    }

    int staged() {
        return staged;
    }

    void answerCommit(CommitOutcome outcome) {
        commitListeners.removeFirst().onOutcome(outcome);
    }

    void answerOutcome(CommitOutcome outcome) {
        outcomeListeners.removeFirst().onOutcome(outcome);
    }

    void answerStages(StageOutcome... outcomes) {
        stages.addAll(List.of(outcomes));
    }

    @Override
    public void commit(CommitRequest request, CommitListener listener) {
        commits.add(request);
        commitListeners.add(listener);
    }

    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        staged++;
        return stages.removeFirst();
    }

    @Override
    public void outcomeOf(long transactionId, long snapshot, CommitListener listener) {
        asked.add(transactionId);
        outcomeListeners.add(listener);
    }

    @Override
    public void leadership(LeadershipListener listener) {
        if (!silent) {
            listener.onLeadership(leadership);
        }
    }
}
