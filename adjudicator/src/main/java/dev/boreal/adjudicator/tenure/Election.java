package dev.boreal.adjudicator.tenure;

import dev.boreal.clock.TimeBounds;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.transaction.TransactionRecord;
import org.jspecify.annotations.Nullable;

/**
 * One candidate for the tenure of a journal, as a step function: it is told what it follows, and says what to do next.
 *
 * <p>Safety. Let a leader of epoch {@code e} have tenure records in the journal; it issues and promises nothing above the
 * end of the last one that is durable. A successor opens the next epoch, conditionally: from then on no entry of {@code e}
 * can be appended, so the last tenure record of {@code e} stands at or before the position at which it opened. It follows
 * the journal up to <i>that</i> position (not merely to where it was when it decided to try: the leader may have renewed
 * meanwhile) and begins above the end found there and above the journal's last timestamp. Therefore everything that
 * {@code e} issued, or promised by heartbeats that only some subscribers have heard, lies below all that the successor
 * issues, whatever clocks did.
 *
 * <p>Liveness. When to try is a matter of clocks alone: when the tenure was given back, or its end has certainly passed.
 * One who tries too early merely issues ahead of the clock. An epoch that was opened but holds no tenure record yet is
 * left alone for the length of a tenure. MemoryDB (SIGMOD 2024, section 4.1) elects by conditional append and lease in the
 * same way; there the lease is waited out by clocks.
 *
 * <p>Not thread-safe: its owner is one lock or thread. Steps are to be performed in the order given.
 */
public final class Election {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long UNKNOWN = -1;

    private final long length;
    private final long maximumLead;
    private final long wait;

    private State state = State.FOLLOWING;
    private boolean complete;
    private long position;
    private long timestamp;
    private long epoch;
    private long followedEpoch;
    private long epochSeenAt;
    private @Nullable Known tenure;
    private long end = UNKNOWN;
    private boolean endIsFresh;
    private long retryAt = Long.MIN_VALUE;
    private long predecessor;
    private OpenOutcome.@Nullable Opened opened;

    private enum State {
        FOLLOWING,
        OPENING,
        CATCHING_UP,
        LEADING
    }

    /** The last tenure record followed. */
    private record Known(long epoch, String owner, long timestamp, long notAfter) {
        boolean isGivenBack() {
            return notAfter <= timestamp;
        }
    }

    /** What to do next. */
    public sealed interface Step {
        /** Nothing until something new is followed or told, or the earliest possible time is above {@code until}. */
        record Sleep(long until) implements Step {}

        /** Ask the journal for its last durable position and current epoch, and tell {@link Election#endIs}. */
        record LookForEnd() implements Step {}

        /** Follow anew from the journal's first position, and say so by {@link Election#follows}. */
        record LookFurtherBack() implements Step {}

        /** Open the journal conditionally, and tell {@link Election#opened}. */
        record Open(long expectedEpoch) implements Step {}

        /** Decide; tell {@link Election#ended} when that is over. */
        record Lead(Tenure tenure) implements Step {}
    }

    /** @param maximumLead how far ahead of its clock a predecessor without a tenure record may have promised */
    public Election(TenureConfiguration configuration, long maximumLead) {
        this.length = configuration.length().toNanos();
        this.maximumLead = maximumLead;
        this.wait = configuration.rank() * configuration.stagger().toNanos();
    }

    /**
     * The journal is followed from behind {@code afterPosition}, for the first time or anew.
     *
     * @param nothingBefore whether the journal holds nothing before that
     */
    public void follows(long afterPosition, boolean nothingBefore) {
        position = afterPosition;
        complete = nothingBefore;
        end = UNKNOWN;
    }

    /** An entry of the journal, in order, durable. */
    public void followed(long entryPosition, long entryEpoch, long entryTimestamp, byte[] payload) {
        position = entryPosition;
        timestamp = entryTimestamp;
        followedEpoch = entryEpoch;
        if (entryEpoch > epoch) {
            epoch = entryEpoch;
            if (state == State.CATCHING_UP) {
                state = State.FOLLOWING;
            }
        }
        if (TransactionRecord.kindOf(payload) == TransactionRecord.Kind.TENURE) {
            TransactionRecord record = TransactionRecord.decode(payload);
            tenure = new Known(entryEpoch, record.owner(), entryTimestamp, record.notAfter());
        }
    }

    public Step next(TimeBounds now) {
        return switch (state) {
            case OPENING, LEADING -> new Step.Sleep(NEVER);
            case CATCHING_UP -> catchUp(now);
            case FOLLOWING -> follow(now);
        };
    }

    private Step follow(TimeBounds now) {
        if (end == UNKNOWN) {
            return new Step.LookForEnd();
        }
        if (position < end) {
            endIsFresh = false;
            return new Step.Sleep(NEVER);
        }
        if (tenure == null && !complete) {
            return new Step.LookFurtherBack();
        }
        long due = Math.max(due(), retryAt);
        if (now.earliest() <= due) {
            endIsFresh = false;
            return new Step.Sleep(due);
        }
        if (!endIsFresh) {
            return new Step.LookForEnd();
        }
        endIsFresh = false;
        state = State.OPENING;
        predecessor = epoch;
        return new Step.Open(epoch);
    }

    private long due() {
        Known known = tenure;
        if (known != null && known.epoch == epoch) {
            return wait + (known.isGivenBack() ? known.timestamp : known.notAfter);
        }
        return wait + (epoch == 0 ? epochSeenAt : epochSeenAt + length);
    }

    /** What the journal answered to {@link Step.LookForEnd}. */
    public void endIs(long lastDurablePosition, long currentEpoch, TimeBounds now) {
        end = lastDurablePosition;
        endIsFresh = true;
        if (currentEpoch > epoch || (epoch == 0 && epochSeenAt == 0)) {
            epoch = currentEpoch;
            epochSeenAt = now.earliest() - 1;
        }
    }

    /** What the journal answered to {@link Step.Open}. */
    public void opened(OpenOutcome outcome, TimeBounds now) {
        if (state != State.OPENING) {
            return;
        }
        state = State.FOLLOWING;
        end = UNKNOWN;
        switch (outcome) {
            case OpenOutcome.Opened newest -> {
                opened = newest;
                epoch = newest.epoch();
                epochSeenAt = now.latest();
                state = State.CATCHING_UP;
            }
            case OpenOutcome.EpochMoved moved -> {
                // It may be lower, too: a journal tells of an epoch before that is durable, and forgets it in a crash.
                if (moved.currentEpoch() != epoch) {
                    epoch = Math.max(moved.currentEpoch(), followedEpoch);
                    epochSeenAt = now.latest();
                }
            }
            case OpenOutcome.NotLeader ignored -> retryAt = now.latest() + length / 4;
            case OpenOutcome.Unavailable ignored -> retryAt = now.latest() + length / 4;
        }
    }

    private Step catchUp(TimeBounds now) {
        OpenOutcome.Opened newest = opened;
        if (newest == null || position < newest.lastPosition()) {
            return new Step.Sleep(NEVER);
        }
        if (tenure == null && !complete) {
            return new Step.LookFurtherBack();
        }
        long notBefore = notBefore(newest);
        // Until the clock has passed it, every snapshot would be too old for what this one remembers.
        if (now.earliest() <= notBefore) {
            return new Step.Sleep(notBefore);
        }
        state = State.LEADING;
        return new Step.Lead(Tenure.succeed(newest, notBefore));
    }

    private long notBefore(OpenOutcome.Opened newest) {
        Known known = tenure;
        long notBefore = Math.max(newest.lastTimestamp(), timestamp);
        if (known != null) {
            notBefore = Math.max(notBefore, known.notAfter);
        } else if (predecessor != 0) {
            // What there was may have been trimmed: no record ends later than a length behind its own timestamp.
            notBefore += length;
        }
        if (predecessor != 0 && (known == null || known.epoch != predecessor)) {
            // Somebody opened and left no record: one that decides without an end promises this far ahead at most.
            notBefore = Math.max(notBefore, epochSeenAt + maximumLead);
        }
        return notBefore;
    }

    /** It decides no more: fenced, refused, or unable to write. */
    public void ended() {
        state = State.FOLLOWING;
        end = UNKNOWN;
    }

    /** Whether what was followed last may lead to another step than before. */
    public boolean hasNews() {
        return switch (state) {
            case LEADING, OPENING -> false;
            case CATCHING_UP -> true;
            case FOLLOWING -> position == end || (tenure != null && tenure.timestamp == timestamp);
        };
    }

    /** Whose tenure was followed last, empty for nobody's. */
    public String owner() {
        return tenure == null ? "" : tenure.owner;
    }

    /** The highest epoch known to have been opened. */
    public long epoch() {
        return epoch;
    }

    /** The end of the tenure that was followed last. */
    public long notAfter() {
        return tenure == null ? 0 : tenure.notAfter;
    }

    /** Up to where the journal was followed. */
    public long position() {
        return position;
    }
}
