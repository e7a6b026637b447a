package dev.boreal.adjudicator.service;

import dev.boreal.adjudicator.AdjudicatorConfiguration;
import dev.boreal.adjudicator.AdjudicatorCore;
import dev.boreal.adjudicator.Decision;
import dev.boreal.adjudicator.conflict.WriteFootprint;
import dev.boreal.adjudicator.order.LeadEstimate;
import dev.boreal.adjudicator.service.TenureKeeper.MarkListener;
import dev.boreal.adjudicator.tenure.Renewal;
import dev.boreal.adjudicator.tenure.Tenure;
import dev.boreal.clock.Clock;
import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitOutcome.RefusalReason;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteSet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door {@code Adjudicator} over one journal: one lock around the core, held for the check, the choice of the
 * timestamp and the hand-over to the journal, so that entries reach the journal in the order of their timestamps. Many
 * appends are in flight at once. No listener is called and no disk is waited for under the lock.
 *
 * <p>Just before an entry with timestamp {@code t} goes to the journal, {@code t - 1} is promised as a watermark.
 * Whatever promise comes later stands behind the entry in the journal's stream, so no heartbeat passes an entry that is
 * not appended; and a reader that starts within the next lead need not wait for the disk.
 *
 * <p>Fenced by a successor, or told by the journal that it takes nothing more, it steps down: every later request is
 * refused.
 */
public final class JournaledAdjudicator implements Adjudicator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournaledAdjudicator.class);
    private static final long FIRST_LEAD_NANOS = 200_000;
    private static final long GIVE_BACK_MILLIS = 1_000;
    private static final String CLOSED_EARLY = "durable, but closed before the clock had passed the commit's time";
    private static final long SUSPICIOUS_CLOCK_NANOS = 1_000_000_000;

    private final Journal journal;
    private final Clock clock;
    private final long epoch;
    private final ReentrantLock lock = new ReentrantLock();
    private final AdjudicatorCore core; // guarded by lock
    private final LeadEstimate lead;
    private final Heartbeats heartbeats;
    private final CommitWait clockWait;
    private final @Nullable TenureKeeper keeper;
    private final Runnable whenEnded;
    private final LongAdder commits = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private volatile CommitOutcome.@Nullable Refused ended;

    private JournaledAdjudicator(
            Journal journal,
            AdjudicatorConfiguration configuration,
            Tenure tenure,
            Renewal renewal,
            Clock clock,
            Timer timer,
            CommitWait clockWait,
            Runnable whenEnded) {
        this.journal = journal;
        this.clock = clock;
        this.epoch = tenure.epoch();
        this.core = new AdjudicatorCore(configuration, tenure, renewal);
        this.lead = configuration.fixedLead() == null
                ? LeadEstimate.adaptive(
                        FIRST_LEAD_NANOS, configuration.maximumLead().toNanos())
                : LeadEstimate.fixed(configuration.fixedLead().toNanos());
        this.clockWait = clockWait;
        this.whenEnded = whenEnded;
        this.heartbeats = new Heartbeats(configuration, journal, epoch, clock, timer, lock, core, lead);
        this.keeper = renewal.isUnlimited()
                ? null
                : new TenureKeeper(
                        journal, epoch, configuration.name(), clock, lock, core, heartbeats, this::tenureRefused);
    }

    /**
     * Becomes the journal's writer: opens a new epoch above whatever epoch is current, for good. Made for a process that
     * has the journal to itself: the tenure has no end, and nothing is written to keep it. Blocks for a sync.
     *
     * @param owner what people call the writer
     */
    public static TenureOutcome open(
            Journal journal, String owner, AdjudicatorConfiguration configuration, Clock clock, Timer timer) {
        LateWriter writer = new LateWriter();
        return switch (journal.open(owner, journal.currentEpoch(), writer)) {
            case OpenOutcome.Opened opened -> {
                long now = clock.latest();
                if (opened.lastTimestamp() - now > SUSPICIOUS_CLOCK_NANOS) {
                    LOG.warn(
                            "The journal's last entry lies {} ms ahead of the clock: commits are answered only once the"
                                    + " clock has passed it. Was the clock set back?",
                            (opened.lastTimestamp() - now) / 1_000_000);
                }
                Tenure tenure =
                        Tenure.begin(opened, now, configuration.maximumLead().toNanos());
                ClockWait clockWait = new ClockWait(clock, configuration.name() + "-clock-wait");
                JournaledAdjudicator adjudicator = new JournaledAdjudicator(
                        journal, configuration, tenure, Renewal.unlimited(), clock, timer, clockWait, () -> {});
                writer.follow(adjudicator);
                adjudicator.heartbeats.start();
                LOG.info("{} decides in epoch {}, above {}", owner, tenure.epoch(), tenure.notBefore());
                yield new TenureOutcome.Began(adjudicator);
            }
            case OpenOutcome.EpochMoved moved ->
                new TenureOutcome.Refused("the journal was opened by " + moved.owner() + " meanwhile");
            case OpenOutcome.NotLeader notLeader ->
                new TenureOutcome.Refused("this replica of the journal does not lead, but " + notLeader.leader());
            case OpenOutcome.Unavailable unavailable ->
                new TenureOutcome.Refused("the journal takes no writer: " + unavailable.message());
        };
    }

    /**
     * Begins a tenure that lasts as long as its records become durable; nothing commits before {@link #claim} has written
     * the first one. Requests for an advance reach it through {@link #writer}.
     *
     * @param clockWait closed together with the adjudicator
     * @param whenEnded called once it has stepped down, on any thread; must not block
     */
    static JournaledAdjudicator lead(
            Journal journal,
            AdjudicatorConfiguration configuration,
            Tenure tenure,
            Duration tenureLength,
            Clock clock,
            Timer timer,
            CommitWait clockWait,
            Runnable whenEnded) {
        return new JournaledAdjudicator(
                journal,
                configuration,
                tenure,
                Renewal.every(tenureLength.toNanos()),
                clock,
                timer,
                clockWait,
                whenEnded);
    }

    /**
     * As an elected adjudicator leads, but without any thread: for virtual time. It decides once {@code whenDeciding} was
     * called.
     */
    public static JournaledAdjudicator leadInVirtualTime(
            Journal journal,
            AdjudicatorConfiguration configuration,
            Tenure tenure,
            Duration tenureLength,
            Clock clock,
            Timer timer,
            Runnable whenDeciding,
            Runnable whenEnded) {
        CommitWait clockWait = new TimedCommitWait(clock, timer);
        JournaledAdjudicator adjudicator =
                lead(journal, configuration, tenure, tenureLength, clock, timer, clockWait, whenEnded);
        adjudicator.claim(new MarkListener() {
            @Override
            public void onDurable(long position) {
                whenDeciding.run();
            }

            @Override
            public void onRefused() {
                // Written again when due, unless it has stepped down.
            }
        });
        return adjudicator;
    }

    /** Where requests for an advance of the watermark go. */
    public Journal.Writer writer() {
        return heartbeats;
    }

    /** Writes the first record of the tenure, and keeps it up from then on. */
    void claim(MarkListener listener) {
        TenureKeeper tenureKeeper = keeper();
        lock.lock();
        try {
            tenureKeeper.mark(listener);
        } finally {
            lock.unlock();
        }
        heartbeats.start(tenureKeeper);
    }

    private TenureKeeper keeper() {
        if (keeper == null) {
            throw new IllegalStateException("this tenure has no end");
        }
        return keeper;
    }

    /**
     * From now on the transaction is refused; {@code listener} hears when everything that it may have left in the journal is
     * durable. False if there are too many such.
     */
    boolean settle(long transactionId, long snapshot, MarkListener listener) {
        TenureKeeper tenureKeeper = keeper();
        MarkOutsideLock mark = new MarkOutsideLock(lock, listener);
        lock.lock();
        try {
            if (!core.refuseFromNowOn(transactionId, snapshot)) {
                return false;
            }
            tenureKeeper.mark(mark);
        } finally {
            lock.unlock();
        }
        mark.tellEarly();
        heartbeats.serveWanted();
        return true;
    }

    /** Answers {@code Committed(timestamp)} once the clock has passed it. */
    void answerWhenPassed(long timestamp, CommitListener listener) {
        clockWait.add(new CommitWait.Waiting() {
            @Override
            public long timestamp() {
                return timestamp;
            }

            @Override
            public void onPassed() {
                listener.onOutcome(new CommitOutcome.Committed(timestamp));
            }

            @Override
            public void onGivenUp() {
                listener.onOutcome(new CommitOutcome.Indeterminate(CLOSED_EARLY));
            }
        });
    }

    private void tenureRefused(AppendRefusal refusal) {
        outcomeOf(refusal);
    }

    @Override
    public void commit(CommitRequest request, CommitListener listener) {
        WriteFootprint footprint = WriteFootprint.of(request.record().writes());
        PendingCommit pending = new PendingCommit(request, listener);
        CommitOutcome answer = ended;
        if (answer == null) {
            lock.lock();
            try {
                answer = submit(pending, footprint);
            } finally {
                lock.unlock();
            }
            heartbeats.serveWanted();
        }
        if (answer != null) {
            pending.answer(answer);
        }
    }

    @Override
    public void advance(long timestamp) {
        heartbeats.advanceRequested(timestamp);
    }

    /** Decides and hands over to the journal; the answer if there is one already. Under the lock. */
    private @Nullable CommitOutcome submit(PendingCommit pending, WriteFootprint footprint) {
        CommitRequest request = pending.request;
        long now = clock.latest();
        return switch (core.decide(request, footprint, now, lead.nanos())) {
            case Decision.Answer answer -> answer.outcome();
            case Decision.Append append -> {
                pending.timestamp = append.timestamp();
                pending.appendedAt = now;
                hand(append.timestamp(), request.record(), pending);
                if (pending.early == null) {
                    core.appended(request, append);
                    heartbeats.appended(append.timestamp());
                }
                yield pending.early;
            }
        };
    }

    private void hand(long timestamp, TransactionRecord record, Journal.AppendListener listener) {
        heartbeats.beforeAppend(timestamp);
        journal.append(epoch, new JournalEntry(timestamp, record.bytes()), listener);
    }

    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        WriteFootprint footprint = WriteFootprint.of(writes);
        TransactionRecord record = TransactionRecord.chunk(transactionId, writes);
        CommitOutcome.Refused over = ended;
        if (over != null) {
            return new StageOutcome.Refused(over.reason(), over.message());
        }
        StagingChunk staging = new StagingChunk();
        // Asked before the lock is taken: where the journal is elsewhere this waits for it, and commits must not wait
        // too.
        long lastDurable = journal.lastDurablePosition();
        lock.lock();
        try {
            Decision decision = core.stage(
                    transactionId, footprint, record.bytes().length, lastDurable, clock.latest(), lead.nanos());
            switch (decision) {
                case Decision.Answer answer -> staging.refuse(answer.outcome());
                case Decision.Append append -> {
                    staging.timestamp = append.timestamp();
                    hand(append.timestamp(), record, staging);
                    if (!staging.refused) {
                        heartbeats.appended(append.timestamp());
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        heartbeats.serveWanted();
        return staging.outcome.join();
    }

    /**
     * Up to which position the journal may be trimmed when every storage replica has persisted everything up to
     * {@code persistedPosition}: less if chunks lie before that a commit behind it names or may name. 0: not at all yet.
     */
    public long trimmable(long persistedPosition) {
        lock.lock();
        try {
            return core.trimmable(persistedPosition);
        } finally {
            lock.unlock();
        }
    }

    /** The epoch that requests may carry. */
    public long epoch() {
        return epoch;
    }

    /** Whether it decides: it has not stepped down, and a tenure that has an end is in the journal. */
    boolean holdsTenure() {
        return ended == null && (keeper == null || keeper.isHeld());
    }

    /** Whether it has not stepped down. */
    public boolean isLeading() {
        return ended == null;
    }

    public AdjudicatorStatistics statistics() {
        lock.lock();
        try {
            return new AdjudicatorStatistics(
                    commits.sum(),
                    conflicts.sum(),
                    refusals.sum(),
                    lead.nanos(),
                    core.remembered(),
                    core.memoryBytes());
        } finally {
            lock.unlock();
        }
    }

    /** The first timestamp that this tenure may not decide. */
    public long notAfter() {
        lock.lock();
        try {
            return core.notAfter();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refuses what comes later, gives a tenure that has an end back, and answers what is durable; the journal stays open.
     * Returns when that is done, or after a second if the journal does not take the tenure back.
     */
    @Override
    public void close() {
        TenureKeeper tenureKeeper = keeper;
        if (ended == null) {
            ended = new CommitOutcome.Refused(RefusalReason.NOT_LEADER, "the adjudicator is closed");
            if (tenureKeeper != null) {
                giveBack(tenureKeeper);
            }
        }
        heartbeats.close();
        clockWait.close();
    }

    private void giveBack(TenureKeeper tenureKeeper) {
        CompletableFuture<Boolean> given = new CompletableFuture<>();
        lock.lock();
        try {
            tenureKeeper.giveBack(new MarkListener() {
                @Override
                public void onDurable(long position) {
                    given.complete(true);
                }

                @Override
                public void onRefused() {
                    given.complete(false);
                }
            });
        } finally {
            lock.unlock();
        }
        boolean durable = given.completeOnTimeout(false, GIVE_BACK_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        LOG.info("Gives back the tenure of epoch {}{}", epoch, durable ? "" : ", which the journal did not confirm");
    }

    /** What a refusal by the journal means to whoever asked to commit. */
    private CommitOutcome outcomeOf(AppendRefusal refusal) {
        return switch (refusal) {
            case AppendRefusal.Fenced fenced -> {
                String message = "another adjudicator decides, in epoch " + fenced.currentEpoch();
                yield stepDown(new CommitOutcome.Refused(RefusalReason.NOT_LEADER, message));
            }
            case AppendRefusal.NotLeader notLeader ->
                stepDown(new CommitOutcome.Refused(
                        RefusalReason.JOURNAL_UNAVAILABLE,
                        "this replica of the journal does not lead, but " + notLeader.leader()));
            case AppendRefusal.Unavailable unavailable -> {
                CommitOutcome.Refused refused =
                        new CommitOutcome.Refused(RefusalReason.JOURNAL_UNAVAILABLE, unavailable.message());
                stepDown(refused);
                yield unavailable.mayBeDurable() ? new CommitOutcome.Indeterminate(unavailable.message()) : refused;
            }
            case AppendRefusal.NotMonotonic notMonotonic -> {
                lock.lock();
                try {
                    core.skipTo(notMonotonic.lastTimestamp());
                } finally {
                    lock.unlock();
                }
                yield new CommitOutcome.Refused(
                        RefusalReason.OVERLOADED, "the journal has seen " + notMonotonic.lastTimestamp() + " already");
            }
            case AppendRefusal.Overloaded ignored ->
                new CommitOutcome.Refused(RefusalReason.OVERLOADED, "the journal's queue of appends is full");
            case AppendRefusal.TooLarge tooLarge ->
                new CommitOutcome.Refused(
                        RefusalReason.TOO_LARGE, "a journal entry holds at most " + tooLarge.limitBytes() + " bytes");
            case AppendRefusal.PositionMoved moved ->
                throw new IllegalStateException("an unconditional append was refused by position " + moved);
        };
    }

    private CommitOutcome stepDown(CommitOutcome.Refused why) {
        if (ended == null) {
            LOG.warn("Steps down in epoch {}: {}", epoch, why.message());
            ended = why;
            heartbeats.close();
            whenEnded.run();
        }
        return why;
    }

    /** A commit on its way: to the journal, then perhaps to the clock. */
    private final class PendingCommit implements Journal.AppendListener, CommitWait.Waiting {
        private final CommitRequest request;
        private final CommitListener listener;
        private long timestamp;
        private long appendedAt;
        private @Nullable CommitOutcome early;

        PendingCommit(CommitRequest request, CommitListener listener) {
            this.request = request;
            this.listener = listener;
        }

        @Override
        public void onDurable(long position) {
            lead.add(clock.latest() - appendedAt);
            if (request.record().chunkPositions().length != 0) {
                lock.lock();
                try {
                    core.chunksCommitted(request, position);
                } finally {
                    lock.unlock();
                }
            }
            if (clockWait.isPassed(timestamp) && !lock.isHeldByCurrentThread()) {
                onPassed();
            } else {
                clockWait.add(this);
            }
        }

        @Override
        public void onRefused(AppendRefusal refusal) {
            CommitOutcome outcome = outcomeOf(refusal);
            if (lock.isHeldByCurrentThread()) {
                early = outcome;
            } else {
                answer(outcome);
            }
        }

        @Override
        public long timestamp() {
            return timestamp;
        }

        @Override
        public void onPassed() {
            answer(new CommitOutcome.Committed(timestamp));
        }

        @Override
        public void onGivenUp() {
            answer(new CommitOutcome.Indeterminate(CLOSED_EARLY));
        }

        void answer(CommitOutcome outcome) {
            switch (outcome) {
                case CommitOutcome.Committed ignored -> commits.increment();
                case CommitOutcome.Conflicted ignored -> conflicts.increment();
                case CommitOutcome.Refused ignored -> refusals.increment();
                case CommitOutcome.Indeterminate ignored -> refusals.increment();
            }
            try {
                listener.onOutcome(outcome);
            } catch (RuntimeException e) {
                LOG.error("A listener failed on {}", outcome, e);
            }
        }
    }

    /** A chunk on its way to the journal. */
    private final class StagingChunk implements Journal.AppendListener {
        private final CompletableFuture<StageOutcome> outcome = new CompletableFuture<>();
        private long timestamp;
        private volatile boolean refused;

        @Override
        public void onDurable(long position) {
            lock.lock();
            try {
                core.chunkStaged(timestamp, position);
            } finally {
                lock.unlock();
            }
            outcome.complete(new StageOutcome.Staged(position));
        }

        @Override
        public void onRefused(AppendRefusal refusal) {
            lock.lock();
            try {
                core.chunkAbandoned(timestamp);
            } finally {
                lock.unlock();
            }
            refuse(outcomeOf(refusal));
        }

        void refuse(CommitOutcome why) {
            refused = true;
            outcome.complete(
                    switch (why) {
                        case CommitOutcome.Refused(RefusalReason reason, String message) ->
                            new StageOutcome.Refused(reason, message);
                        case CommitOutcome.Indeterminate(String message) ->
                            new StageOutcome.Refused(RefusalReason.JOURNAL_UNAVAILABLE, message);
                        case CommitOutcome.Committed committed -> throw new IllegalStateException("" + committed);
                        case CommitOutcome.Conflicted conflicted -> throw new IllegalStateException("" + conflicted);
                    });
        }
    }
}
