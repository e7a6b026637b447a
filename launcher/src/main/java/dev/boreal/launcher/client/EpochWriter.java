package dev.boreal.launcher.client;

import dev.boreal.clock.Clock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The writer of one epoch of a journal: gives entries their timestamps, in the order in which it appends them, and lets the caller
 * wait for what became of them. Any thread; entries of several threads are appended in some order and become durable in that order.
 */
public final class EpochWriter {
    private static final long ANYWHERE = -1;

    private final Journal journal;
    private final Clock clock;
    private final long epoch;
    private final long openedBehind;
    private final Object order = new Object();
    private long lastTimestamp;

    private EpochWriter(Journal journal, Clock clock, long epoch, long openedBehind, long lastTimestamp) {
        this.journal = journal;
        this.clock = clock;
        this.epoch = epoch;
        this.openedBehind = openedBehind;
        this.lastTimestamp = lastTimestamp;
    }

    /** What became of an append. */
    public sealed interface Outcome {
        /** The entry is durable, at this place and time. */
        record Durable(long position, long timestamp) implements Outcome {}

        /** It was refused; only {@link AppendRefusal.Unavailable} may be durable all the same. */
        record Refused(AppendRefusal refusal) implements Outcome {}
    }

    /**
     * Opens the epoch behind {@code expectedEpoch}, and thereby fences whoever wrote before; see {@link Journal#open}.
     *
     * @throws RefusedException if somebody else was faster, or the journal has no leader
     */
    public static EpochWriter open(Journal journal, String owner, long expectedEpoch, Clock clock, Journal.Writer asked)
            throws RefusedException {
        return of(journal, clock, journal.open(owner, expectedEpoch, asked));
    }

    /** As above, behind whatever epoch is the current one, for a writer that nobody asks for a watermark. */
    public static EpochWriter open(Journal journal, String owner, Clock clock) throws RefusedException {
        return open(journal, owner, journal.currentEpoch(), clock, timestamp -> {});
    }

    /** Goes on in an epoch that was opened before; see {@link Journal#resume}. */
    public static EpochWriter resume(Journal journal, long epoch, Clock clock) throws RefusedException {
        return of(journal, clock, journal.resume(epoch, timestamp -> {}));
    }

    private static EpochWriter of(Journal journal, Clock clock, OpenOutcome outcome) throws RefusedException {
        return switch (outcome) {
            case OpenOutcome.Opened opened ->
                new EpochWriter(journal, clock, opened.epoch(), opened.lastPosition(), opened.lastTimestamp());
            case OpenOutcome.EpochMoved moved ->
                throw new RefusedException(
                        "epoch " + moved.currentEpoch() + " was opened by " + moved.owner() + " meanwhile", outcome);
            case OpenOutcome.NotLeader notLeader ->
                throw new RefusedException(
                        notLeader.leader() == null
                                ? "no replica of the journal leads now"
                                : notLeader.leader() + " leads the journal",
                        outcome);
            case OpenOutcome.Unavailable unavailable -> throw new RefusedException(unavailable.message(), outcome);
        };
    }

    public long epoch() {
        return epoch;
    }

    /** The position of the last entry when the epoch was opened or resumed. */
    public long openedBehind() {
        return openedBehind;
    }

    /** The timestamp of the last entry, given out here or found at the beginning. */
    public long lastTimestamp() {
        synchronized (order) {
            return lastTimestamp;
        }
    }

    /** Appends and waits until the entry is durable or refused. */
    public Outcome append(byte[] payload) {
        return await(appendAsync(payload));
    }

    /** As {@link #append}, but only right behind {@code expectedPosition}. */
    public Outcome appendIf(long expectedPosition, byte[] payload) {
        return await(put(expectedPosition, payload, 0));
    }

    /** Appends; the future is completed on a thread of the journal's, which must not be held up. */
    public CompletableFuture<Outcome> appendAsync(byte[] payload) {
        return put(ANYWHERE, payload, 0);
    }

    /** As {@link #appendAsync}, with a timestamp of at least {@code timestamp}. */
    public CompletableFuture<Outcome> appendAsync(byte[] payload, long timestamp) {
        return put(ANYWHERE, payload, timestamp);
    }

    private CompletableFuture<Outcome> put(long expectedPosition, byte[] payload, long atLeast) {
        Answer answer = new Answer();
        synchronized (order) {
            lastTimestamp = Math.max(Math.max(lastTimestamp + 1, atLeast), clock.latest());
            answer.timestamp = lastTimestamp;
            JournalEntry entry = new JournalEntry(lastTimestamp, payload);
            if (expectedPosition == ANYWHERE) {
                journal.append(epoch, entry, answer);
            } else {
                journal.appendIf(epoch, expectedPosition, entry, answer);
            }
        }
        return answer.outcome;
    }

    private static Outcome await(CompletableFuture<Outcome> outcome) {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Refused(new AppendRefusal.Unavailable("interrupted while waiting for the answer", true));
        }
    }

    /** Nothing more is appended in this epoch. */
    public void seal() {
        journal.seal(epoch);
    }

    private static final class Answer implements AppendListener {
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private volatile long timestamp;

        @Override
        public void onDurable(long position) {
            outcome.complete(new Outcome.Durable(position, timestamp));
        }

        @Override
        public void onRefused(AppendRefusal refusal) {
            outcome.complete(new Outcome.Refused(refusal));
        }
    }
}
