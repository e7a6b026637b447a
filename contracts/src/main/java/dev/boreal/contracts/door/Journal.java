package dev.boreal.contracts.door;

import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.List;

/**
 * An ordered, durable log with one writer per epoch. Timestamps rise strictly with positions. Useful by itself: leader
 * election and leases are built from {@link #open}, replicated state machines from {@link #appendIf}.
 *
 * <p>Every method may be called from any thread. Appends of one caller keep their order if the caller makes the calls
 * one after another; the journal never reorders what it accepted.
 */
public interface Journal {

    /**
     * Opens a new epoch if the current one is still {@code expectedEpoch} (0 for a journal that nobody ever opened), and
     * thereby seals the old one: from here on an append with an older epoch is refused. The new epoch is durable when
     * this returns. Blocks for a sync.
     *
     * @param owner what people call the writer
     * @param writer whom to ask for an advance of the watermark
     */
    OpenOutcome open(String owner, long expectedEpoch, Writer writer);

    /**
     * Goes on as the writer of {@code epoch}, which must be the current one and not sealed: after the connection or the leading
     * replica was lost. What was not answered may be sent again then, in order: an entry whose timestamp the log holds
     * already in this epoch is answered with its position and not written twice. Until then the appends of an epoch that
     * was opened at another replica are refused with {@link AppendRefusal.NotLeader}. May block for a round trip of the replicas.
     *
     * @return {@link OpenOutcome.Opened} with the same epoch, or why not
     */
    default OpenOutcome resume(long epoch, Writer writer) {
        return new OpenOutcome.Unavailable("this journal cannot go on in epoch " + epoch + ": open the next one");
    }

    /** The current epoch, 0 if the journal was never opened. */
    long currentEpoch();

    /**
     * Puts an entry at the end. Returns at once; {@code listener} hears once, on a thread of the journal's, when the
     * entry is durable or is refused; an early refusal may be told on the calling thread before this returns. Entries
     * become durable in the order appended.
     */
    void append(long epoch, JournalEntry entry, AppendListener listener);

    /** As {@link #append}, but only if the last position, durable or not, is {@code expectedPosition}. */
    void appendIf(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener);

    /**
     * The writer's promise that no entry with a timestamp {@code <= timestamp} will follow what it appended so far. Not
     * durable, never blocks. If everything appended before has been delivered, subscribers hear it on the calling
     * thread before this returns (one who is hearing something on another thread at this moment hears it right behind
     * that, from that thread); else behind those entries. A journal of several replicas tells it from threads of its own,
     * to the subscribers of each replica once everything before it is known there to be durable. A stale epoch or a timestamp that does not rise is ignored.
     */
    void heartbeat(long epoch, long timestamp);

    /**
     * Somebody downstream waits for the watermark to reach {@code timestamp}: passes it to the writer, on the calling
     * thread. Does nothing while there is no writer, or when the watermark is there already.
     */
    void requestAdvance(long timestamp);

    /**
     * Streams the entries behind {@code afterPosition} (history first, then live, each once, in order, only durable
     * ones) and watermarks between them. At most as many entries are delivered as were requested with
     * {@link EntrySubscription#request}; watermarks are free, but come only when nothing before them is undelivered.
     * If {@code afterPosition} lies before the trimmed part, or behind the last entry, {@link EntrySubscriber#onClosed}
     * says so.
     */
    EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber);

    /**
     * Reads the durable entry at {@code position}. Blocks for a read of the disk.
     *
     * @throws IllegalArgumentException if there is none: trimmed, or not yet durable
     */
    PositionedEntry read(long position);

    /** Closes {@code epoch} for further appends without opening another; a stale epoch is ignored. Durable on return. */
    void seal(long epoch);

    /** Entries up to and including {@code position} may be forgotten. Frees whole segments, at once or later. */
    void trim(long position);

    /** Position of the last durable entry, 0 if there is none. */
    long lastDurablePosition();

    /** The position of the first entry still held, or 1 behind the last one if none is. */
    long firstPosition();

    /** The writer's end of {@link #requestAdvance}. */
    interface Writer {
        /** Heartbeat at least {@code timestamp} as soon as that is a promise you can make. Must not block. */
        void advanceRequested(long timestamp);
    }

    /** Hears what became of one append. Must not block. */
    interface AppendListener {
        void onDurable(long position);

        void onRefused(AppendRefusal refusal);
    }

    /** Hears a subscription's stream. Calls come one at a time, in order, from threads of the journal's. */
    interface EntrySubscriber {
        /**
         * The list is the subscriber's to read during the call only; the entries are immutable. Must not block: live
         * entries come from the thread that makes everybody's entries durable. Who needs time asks for fewer entries.
         */
        void onEntries(List<PositionedEntry> entries);

        /** Every entry {@code <= timestamp} has been delivered. Rises strictly. Must not block. */
        void onWatermark(long timestamp);

        /**
         * For how many nanoseconds entries and watermarks may gather on their way from another process, while nobody has asked
         * for an advance over the same connection lately. Who follows and is in no hurry spares both processes most of their messages.
         */
        default long patienceNanos() {
            return 0;
        }

        /**
         * Whether it takes no entries now, though it has asked for some, because those that it holds are large. Asked before each
         * call with entries, by a journal of the same process, from any of its threads, perhaps with a lock held: answers
         * at once. Who has room again says so by {@link EntrySubscription#request}, if need be for 0 entries.
         */
        default boolean isFull() {
            return false;
        }

        /** The stream is over: why, for people. Nothing is delivered afterwards. */
        void onClosed(String reason);
    }

    /** A subscriber's handle. */
    interface EntrySubscription extends AutoCloseable {
        /** Allows {@code entries} more entries; goes on with those allowed before if the subscriber was full. */
        void request(long entries);

        @Override
        void close();
    }
}
