package dev.boreal.adjudicator.service;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.service.TenureKeeper.MarkListener;
import dev.boreal.adjudicator.tenure.Election;
import dev.boreal.adjudicator.tenure.Election.Step;
import dev.boreal.adjudicator.tenure.RecentOutcomes;
import dev.boreal.adjudicator.tenure.Tenure;
import dev.boreal.adjudicator.tenure.TenureConfiguration;
import dev.boreal.clock.Clock;
import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's adjudicator where several stand by one another: it follows the journal, takes the tenure over when its owner
 * is gone, decides while it leads, and follows again when it was fenced. Its door always answers; while it follows, with
 * {@code NOT_LEADER}.
 *
 * <p>One thread performs the steps of the {@link Election} and may wait for the journal; requests run on their callers'
 * threads.
 */
public final class ElectedAdjudicator implements Adjudicator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ElectedAdjudicator.class);
    /** Clocks jump: the time is looked at this often at least. */
    private static final long LONGEST_NAP_NANOS = 50_000_000;

    /** Whoever brings something new wakes the thread; a lost wake-up would cost this much. */
    private static final long LONGEST_WAIT_NANOS = 100_000_000;

    private static final long SUSPICIOUS_CLOCK_NANOS = 5_000_000_000L;
    private static final long PAUSE_AFTER_FAILURE_NANOS = 50_000_000;
    private static final int FAILURES_PER_WARNING = 200;

    private final Journal journal;
    private final AdjudicatorConfiguration configuration;
    private final TenureConfiguration tenureConfiguration;
    private final Clock clock;
    private final Timer timer;
    private final JournalFollower follower;
    private final Thread thread;
    private LateWriter writer = new LateWriter(); // the thread's
    private volatile @Nullable Leading begun;
    private volatile boolean closed;
    private volatile boolean news;
    private int failuresInARow; // on the thread

    /** A tenure of this process; it decides once its first record is durable. */
    private static final class Leading {
        private final JournaledAdjudicator adjudicator;
        private final Tenure tenure;

        Leading(JournaledAdjudicator adjudicator, Tenure tenure) {
            this.adjudicator = adjudicator;
            this.tenure = tenure;
        }
    }

    private ElectedAdjudicator(
            Journal journal,
            AdjudicatorConfiguration configuration,
            TenureConfiguration tenureConfiguration,
            Clock clock,
            Timer timer) {
        this.journal = journal;
        this.configuration = configuration;
        this.tenureConfiguration = tenureConfiguration;
        this.clock = clock;
        this.timer = timer;
        Election election =
                new Election(tenureConfiguration, configuration.maximumLead().toNanos());
        RecentOutcomes outcomes = new RecentOutcomes(tenureConfiguration.rememberedOutcomes());
        this.follower = new JournalFollower(journal, election, outcomes, this::wake);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name(configuration.name() + "-election")
                .unstarted(this::run);
    }

    /** Begins to follow {@code journal}, and to decide when it is its turn. Returns at once. */
    public static ElectedAdjudicator start(
            Journal journal,
            AdjudicatorConfiguration configuration,
            TenureConfiguration tenureConfiguration,
            Clock clock,
            Timer timer) {
        ElectedAdjudicator elected = new ElectedAdjudicator(journal, configuration, tenureConfiguration, clock, timer);
        elected.thread.start();
        return elected;
    }

    private void wake() {
        news = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            try {
                retire();
                if (follower.isInterrupted()) {
                    follower.resume();
                }
                perform(follower.next(clock.now()));
                failuresInARow = 0;
            } catch (RuntimeException e) {
                tell(e);
                LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE_NANOS);
            }
        }
    }

    /** A journal that is away for long is told of now and then. */
    private void tell(RuntimeException failure) {
        LOG.debug("The failure", failure);
        if (failuresInARow++ % FAILURES_PER_WARNING == 0) {
            LOG.warn(
                    "{} cannot follow the journal now and tries again ({} failures in a row): {}",
                    configuration.name(),
                    failuresInARow,
                    failure.getMessage());
        }
    }

    private void perform(Step step) {
        switch (step) {
            case Step.Sleep(long until) -> {
                if (follower.isInterrupted()) {
                    nap(PAUSE_AFTER_FAILURE_NANOS);
                } else {
                    nap(
                            until == Long.MAX_VALUE
                                    ? LONGEST_WAIT_NANOS
                                    : Math.min(LONGEST_NAP_NANOS, until + 1 - clock.earliest()));
                }
            }
            case Step.LookForEnd ignored ->
                follower.endIs(journal.lastDurablePosition(), journal.currentEpoch(), clock.now());
            case Step.LookFurtherBack ignored -> follower.lookFurtherBack();
            case Step.Open(long expectedEpoch) -> {
                writer = new LateWriter();
                follower.opened(journal.open(configuration.name(), expectedEpoch, writer), clock.now());
            }
            case Step.Lead(Tenure tenure) -> lead(tenure);
        }
    }

    private void nap(long nanos) {
        if (!news && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        news = false;
    }

    private void lead(Tenure tenure) {
        if (tenure.notBefore() - clock.latest() > SUSPICIOUS_CLOCK_NANOS) {
            LOG.warn("The journal lies ahead of the clock. Was the clock set back?");
        }
        JournaledAdjudicator adjudicator = JournaledAdjudicator.lead(
                journal,
                configuration,
                tenure,
                tenureConfiguration.length(),
                clock,
                timer,
                new ClockWait(clock, configuration.name() + "-clock-wait"),
                this::wake);
        writer.follow(adjudicator);
        Leading leading = new Leading(adjudicator, tenure);
        begun = leading;
        adjudicator.claim(new MarkListener() {
            @Override
            public void onDurable(long position) {
                LOG.info("{} decides in epoch {}, above {}", configuration.name(), tenure.epoch(), tenure.notBefore());
            }

            @Override
            public void onRefused() {
                // Renewed by the keeper if that is of use; otherwise the adjudicator has stepped down.
            }
        });
    }

    /** On the thread: back to following when the tenure is over. */
    private void retire() {
        Leading leading = begun;
        if (leading != null && !leading.adjudicator.isLeading()) {
            begun = null;
            leading.adjudicator.close();
            follower.ended();
            LOG.info("{} follows again, after epoch {}", configuration.name(), leading.tenure.epoch());
        }
    }

    private @Nullable Leading deciding() {
        Leading leading = begun;
        return leading != null && leading.adjudicator.holdsTenure() ? leading : null;
    }

    /** As {@link #deciding}, but not one whose tenure has lapsed: somebody else may have it by now. */
    private @Nullable Leading leading() {
        Leading leading = deciding();
        return leading != null && clock.latest() <= leading.adjudicator.notAfter() ? leading : null;
    }

    @Override
    public void commit(CommitRequest request, CommitListener listener) {
        Leading leading = deciding();
        if (leading != null) {
            leading.adjudicator.commit(request, listener);
        } else {
            listener.onOutcome(notLeading());
        }
    }

    @Override
    public void advance(long timestamp) {
        Leading leading = deciding();
        if (leading != null) {
            leading.adjudicator.advance(timestamp);
        }
    }

    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        Leading leading = deciding();
        if (leading != null) {
            return leading.adjudicator.stage(transactionId, writes);
        }
        CommitOutcome.Refused refused = notLeading();
        return new StageOutcome.Refused(refused.reason(), refused.message());
    }

    private CommitOutcome.Refused notLeading() {
        String owner = follower.leadership().owner();
        return new CommitOutcome.Refused(
                RefusalReason.NOT_LEADER,
                "adjudicator " + configuration.name() + " does not decide now; "
                        + (owner.isEmpty() ? "nobody is known to" : "the last one known to is " + owner));
    }

    /**
     * {@inheritDoc}
     *
     * <p>How it can know: from now on this leader refuses the transaction, and its successors refuse it for its epoch. What
     * it may have left in the journal, under whatever leader, stands before the mark that is written now. Once the journal
     * has been followed up to the mark, it is remembered or it does not exist.
     */
    @Override
    public void outcomeOf(long transactionId, long snapshot, CommitListener listener) {
        Leading leading = deciding();
        if (leading == null) {
            listener.onOutcome(notLeading());
            return;
        }
        boolean asked = leading.adjudicator.settle(transactionId, snapshot, new MarkListener() {
            @Override
            public void onDurable(long position) {
                follower.whenReached(position, () -> tell(leading, transactionId, snapshot, listener));
            }

            @Override
            public void onRefused() {
                listener.onOutcome(new CommitOutcome.Refused(
                        RefusalReason.NOT_LEADER, "the journal does not answer adjudicator " + configuration.name()));
            }
        });
        if (!asked) {
            listener.onOutcome(new CommitOutcome.Indeterminate("too many lost transactions are asked for"));
        }
    }

    private void tell(Leading leading, long transactionId, long snapshot, CommitListener listener) {
        long committedAt = follower.committedAt(transactionId, snapshot);
        if (committedAt > 0) {
            leading.adjudicator.answerWhenPassed(committedAt, listener);
        } else if (committedAt == 0) {
            listener.onOutcome(new CommitOutcome.Refused(
                    RefusalReason.NEVER_COMMITTED, "the request was lost when the adjudicator changed"));
        } else {
            listener.onOutcome(new CommitOutcome.Indeterminate(
                    "adjudicator " + configuration.name() + " does not remember so far back"));
        }
    }

    @Override
    public void leadership(LeadershipListener listener) {
        Leading leading = leading();
        listener.onLeadership(
                leading == null
                        ? follower.leadership()
                        : new Leadership(true, configuration.name(), leading.tenure.epoch()));
    }

    /** What it does now. Any thread. */
    public AdjudicatorStatus status() {
        AdjudicatorStatus following = follower.status(configuration.name());
        Leading leading = leading();
        return leading == null
                ? following
                : new AdjudicatorStatus(
                        configuration.name(),
                        true,
                        configuration.name(),
                        leading.tenure.epoch(),
                        leading.tenure.notBefore(),
                        leading.adjudicator.notAfter(),
                        following.followedPosition(),
                        leading.adjudicator.statistics().rememberedKeys(),
                        following.rememberedOutcomes());
    }

    /** Commits and refusals of the present tenure; null while it follows. */
    public @Nullable AdjudicatorStatistics statistics() {
        Leading leading = deciding();
        return leading == null ? null : leading.adjudicator.statistics();
    }

    /** As {@link JournaledAdjudicator#trimmable}; 0 while it follows: the one that leads trims. */
    public long trimmable(long persistedPosition) {
        Leading leading = deciding();
        return leading == null ? 0 : leading.adjudicator.trimmable(persistedPosition);
    }

    /** Gives the tenure back if it has it, so that another one takes over at once. The journal stays open. */
    @Override
    public void close() {
        closed = true;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Leading leading = begun;
        if (leading != null) {
            leading.adjudicator.close();
        }
        follower.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
