package dev.boreal.adjudicator.client;

import dev.boreal.contracts.door.Adjudicator.CommitListener;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to commit, until it is answered.
 *
 * <p>It is sent with the leader's epoch, so that no later tenure can execute it. A refusal that wrote nothing sends it
 * again. Once an answer is lost it is never sent again: from then on it asks what became of it. Every attempt has a number;
 * what an earlier attempt says late counts only if it is that the transaction committed, or conflicted: both are true
 * whenever they come.
 */
final class PendingRequest {
    private static final Logger LOG = LoggerFactory.getLogger(PendingRequest.class);
    private static final int MOST_UNKNOWN = 3;

    private final AdjudicatorClient client;
    private final CommitRequest request;
    private final CommitListener listener;
    private final long began;
    private final Consumer<Route> traveller = this::travel;

    // guarded by this
    private boolean done;
    private boolean asked;
    private int attempt;
    private long askedAt;
    private long askedEpoch;
    private long pause;
    private int unknown;
    private @Nullable String lost;

    PendingRequest(AdjudicatorClient client, CommitRequest request, CommitListener listener, long now) {
        this.client = client;
        this.request = request;
        this.listener = listener;
        this.began = now;
    }

    /** Goes to the leader, at once or when there is one. */
    void go() {
        if (!client.search().travel(traveller)) {
            finish(new CommitOutcome.Refused(
                    RefusalReason.OVERLOADED, "too many transactions wait for an adjudicator that decides"));
        }
    }

    private void travel(Route route) {
        int number;
        boolean settle;
        synchronized (this) {
            if (done || asked) {
                return;
            }
            number = ++attempt;
            asked = true;
            askedAt = client.nanos();
            askedEpoch = route.epoch();
            settle = lost != null;
        }
        try {
            if (settle) {
                route.door()
                        .outcomeOf(
                                request.transactionId(),
                                request.snapshot(),
                                outcome -> settled(number, route, outcome));
            } else {
                route.door().commit(withEpoch(route.epoch()), outcome -> answered(number, route, outcome));
            }
        } catch (RuntimeException e) {
            LOG.error("Adjudicator {} threw instead of answering", route.name(), e);
            answered(number, route, new CommitOutcome.Indeterminate("the adjudicator failed: " + e));
        }
    }

    private CommitRequest withEpoch(long epoch) {
        return new CommitRequest(
                request.transactionId(),
                request.session(),
                request.region(),
                request.snapshot(),
                request.accesses(),
                request.record(),
                epoch);
    }

    private void answered(int number, Route route, CommitOutcome outcome) {
        switch (outcome) {
            case CommitOutcome.Committed ignored -> finish(outcome);
            case CommitOutcome.Conflicted ignored -> finish(outcome);
            case CommitOutcome.Refused(RefusalReason reason, String message) -> {
                if (isFinal(reason)) {
                    finishOf(number, outcome);
                } else {
                    tryAgain(number, route, outcome);
                }
            }
            case CommitOutcome.Indeterminate(String message) -> lose(number, route, message);
        }
    }

    private static boolean isFinal(RefusalReason reason) {
        return switch (reason) {
            case SNAPSHOT_TOO_OLD, TOO_LARGE, NEVER_COMMITTED -> true;
            case STALE_EPOCH, NOT_LEADER, OVERLOADED, JOURNAL_UNAVAILABLE -> false;
        };
    }

    /** What an answer of this attempt says of the whole; late ones say nothing. */
    private void finishOf(int number, CommitOutcome outcome) {
        synchronized (this) {
            if (number != attempt || !asked) {
                return;
            }
        }
        finish(outcome);
    }

    /** Nothing was written: once more after a pause, while there is time. */
    private void tryAgain(int number, Route route, CommitOutcome refusal) {
        long delay;
        synchronized (this) {
            if (done || number != attempt || !asked) {
                return;
            }
            asked = false;
            pause = Math.min(
                    client.configuration().longestPause().toNanos(),
                    pause == 0 ? client.configuration().firstPause().toNanos() : 2 * pause);
            delay = pause;
        }
        if (!(refusal instanceof CommitOutcome.Refused refused) || refused.reason() != RefusalReason.OVERLOADED) {
            client.search().forget(route);
        }
        if (client.nanos() - began > client.timeout(isLost())) {
            finish(isLost() ? indeterminate() : refusal);
        } else {
            client.after(delay, this::go);
        }
    }

    /** The answer is lost: from now on ask for it. */
    private void lose(int number, Route route, String message) {
        synchronized (this) {
            if (done || number != attempt || !asked) {
                return;
            }
            asked = false;
            lost = lost == null ? message : lost;
        }
        client.search().forget(route);
        go();
    }

    private void settled(int number, Route route, CommitOutcome outcome) {
        switch (outcome) {
            case CommitOutcome.Committed ignored -> finish(outcome);
            case CommitOutcome.Conflicted ignored ->
                throw new IllegalStateException("asked for an outcome: " + outcome);
            case CommitOutcome.Refused(RefusalReason reason, String message) -> {
                if (reason == RefusalReason.NEVER_COMMITTED) {
                    finishOf(number, outcome);
                } else {
                    tryAgain(number, route, outcome);
                }
            }
            case CommitOutcome.Indeterminate ignored -> {
                boolean enough;
                synchronized (this) {
                    enough = number == attempt && ++unknown >= MOST_UNKNOWN;
                }
                if (enough) {
                    finishOf(number, indeterminate());
                } else {
                    tryAgain(number, route, outcome);
                }
            }
        }
    }

    private synchronized boolean isLost() {
        return lost != null;
    }

    private synchronized CommitOutcome indeterminate() {
        return new CommitOutcome.Indeterminate(
                lost == null ? "no answer came" : lost + "; what became of it could not be learned");
    }

    /** Whether it has had no answer for so long that the leader may be another one. */
    synchronized boolean isSuspicious(long now) {
        return asked && now - askedAt > client.configuration().suspicion().toNanos();
    }

    /** Another one leads, in a later epoch: whoever was asked before will not answer, or cannot. */
    void leaderChanged(Route route) {
        boolean again;
        synchronized (this) {
            again = !done && asked && askedEpoch < route.epoch();
            if (again) {
                asked = false;
                lost = lost == null ? "the adjudicator changed before it answered" : lost;
            }
        }
        if (again) {
            go();
        }
    }

    /** From time to time: nothing waits for ever. */
    void lookAtTime(long now) {
        long age = now - began;
        if (age <= client.timeout(false)) {
            return;
        }
        CommitOutcome end = null;
        boolean ask = false;
        synchronized (this) {
            if (done) {
                return;
            }
            if (lost != null) {
                end = age > client.timeout(true) ? indeterminate() : null;
            } else if (asked) {
                asked = false;
                lost = "the adjudicator did not answer in time";
                ask = true;
            } else {
                end = new CommitOutcome.Refused(RefusalReason.NOT_LEADER, "no adjudicator decides at present");
            }
        }
        if (end != null) {
            finish(end);
        } else if (ask) {
            go();
        }
    }

    /** The client closes. */
    void giveUp() {
        boolean maybeWritten;
        synchronized (this) {
            maybeWritten = asked || lost != null;
        }
        finish(
                maybeWritten
                        ? new CommitOutcome.Indeterminate("closed before the adjudicator had answered")
                        : new CommitOutcome.Refused(RefusalReason.NOT_LEADER, "closed"));
    }

    private void finish(CommitOutcome outcome) {
        synchronized (this) {
            if (done) {
                return;
            }
            done = true;
        }
        client.answered(this, traveller);
        try {
            listener.onOutcome(outcome);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on {}", outcome, e);
        }
    }
}
