package dev.boreal.adjudicator.client;

import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door {@code Adjudicator} over the candidates of one journal: goes to the one that leads. Any thread.
 *
 * <p>What happens when the leader dies, or sleeps: requests that got no answer are suspicious after a moment, everybody is
 * asked who leads, and when a successor is found it is asked what became of each. It says {@code Committed} or
 * {@code NEVER_COMMITTED} for nearly all of them: what remains {@code Indeterminate} are those for which no leader answers
 * within twice the time-out.
 */
public final class AdjudicatorClient implements Adjudicator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdjudicatorClient.class);

    private final AdjudicatorClientConfiguration configuration;
    private final Timer timer;
    private final LongSupplier nanos;
    private final LeaderSearch search;
    private final Set<PendingRequest> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile boolean closed;

    /** @param candidates every adjudicator of the journal by name; may be empty for the time being */
    public AdjudicatorClient(
            Map<String, ? extends Adjudicator> candidates, AdjudicatorClientConfiguration configuration, Timer timer) {
        this(candidates, configuration, timer, System::nanoTime);
    }

    /** @param nanos a clock that only measures how long something took */
    public AdjudicatorClient(
            Map<String, ? extends Adjudicator> candidates,
            AdjudicatorClientConfiguration configuration,
            Timer timer,
            LongSupplier nanos) {
        this.configuration = configuration;
        this.timer = timer;
        this.nanos = nanos;
        this.search = new LeaderSearch(candidates, configuration, timer, this::found);
    }

    /** Replaces the candidates. */
    public void candidates(Map<String, ? extends Adjudicator> replaced) {
        search.candidates(replaced);
    }

    @Override
    public void commit(CommitRequest request, CommitListener listener) {
        PendingRequest pending = new PendingRequest(this, request, listener, nanos());
        underWay.add(pending);
        if (closed) {
            pending.giveUp();
            return;
        }
        pending.go();
        watch();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A chunk may be sent again whatever became of it: it counts only by the position that a commit names.
     */
    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        long began = nanos();
        long pause = configuration.firstPause().toNanos();
        while (true) {
            Route route = awaitRoute();
            if (route == null) {
                return new StageOutcome.Refused(RefusalReason.NOT_LEADER, "no adjudicator decides at present");
            }
            StageOutcome outcome = route.door().stage(transactionId, writes);
            if (!(outcome instanceof StageOutcome.Refused(RefusalReason reason, String message))
                    || !isWorthAnotherTry(reason)
                    || closed
                    || nanos() - began > timeout(false)) {
                return outcome;
            }
            if (reason != RefusalReason.OVERLOADED) {
                search.forget(route);
            }
            CompletableFuture<Boolean> over = new CompletableFuture<>();
            timer.after(pause, () -> over.complete(true));
            over.join();
            pause = Math.min(2 * pause, configuration.longestPause().toNanos());
        }
    }

    private static boolean isWorthAnotherTry(RefusalReason reason) {
        return switch (reason) {
            case STALE_EPOCH, NOT_LEADER, OVERLOADED, JOURNAL_UNAVAILABLE -> true;
            case SNAPSHOT_TOO_OLD, TOO_LARGE, NEVER_COMMITTED -> false;
        };
    }

    private @Nullable Route awaitRoute() {
        Route known = search.route();
        if (known != null) {
            return known;
        }
        CompletableFuture<@Nullable Route> found = new CompletableFuture<>();
        Consumer<Route> traveller = found::complete;
        if (!search.travel(traveller)) {
            return null;
        }
        Timer.Scheduled timeout = timer.after(timeout(false), () -> found.complete(null));
        Route route = found.join();
        timeout.cancel();
        search.stopWaiting(traveller);
        return route;
    }

    @Override
    public void advance(long timestamp) {
        Route known = search.route();
        if (known != null) {
            known.door().advance(timestamp);
        }
    }

    @Override
    public void leadership(LeadershipListener listener) {
        Route known = search.route();
        listener.onLeadership(known == null ? Leadership.UNKNOWN : new Leadership(false, known.name(), known.epoch()));
    }

    private void found(Route route) {
        LOG.info("Adjudicator {} decides in epoch {}", route.name(), route.epoch());
        for (PendingRequest pending : underWay) {
            pending.leaderChanged(route);
        }
    }

    /** While something is under way its time is looked at. */
    private void watch() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            timer.after(configuration.suspicion().toNanos() / 2, this::look);
        }
    }

    private void look() {
        watching.set(false);
        long now = nanos();
        boolean suspicious = false;
        Route known = search.route();
        for (PendingRequest pending : underWay) {
            if (known != null) {
                pending.leaderChanged(known);
            }
            suspicious |= pending.isSuspicious(now);
            pending.lookAtTime(now);
        }
        if (suspicious) {
            search.search();
        }
        if (!underWay.isEmpty()) {
            watch();
        }
    }

    LeaderSearch search() {
        return search;
    }

    AdjudicatorClientConfiguration configuration() {
        return configuration;
    }

    long nanos() {
        return nanos.getAsLong();
    }

    long timeout(boolean lost) {
        return configuration.timeout().toNanos() * (lost ? 2 : 1);
    }

    void after(long delayNanos, Runnable task) {
        timer.after(delayNanos, task);
    }

    void answered(PendingRequest pending, Consumer<Route> traveller) {
        underWay.remove(pending);
        if (search.route() == null) {
            search.stopWaiting(traveller);
        }
    }

    /** What it knows and does. Any thread. */
    public AdjudicatorClientStatus status() {
        Route known = search.route();
        return new AdjudicatorClientStatus(
                known == null ? "" : known.name(),
                known == null ? 0 : known.epoch(),
                underWay.size(),
                search.waiting());
    }

    /** Answers everything that is under way as well as can be known. The candidates stay open. */
    @Override
    public void close() {
        closed = true;
        for (PendingRequest pending : underWay) {
            pending.giveUp();
        }
    }
}
