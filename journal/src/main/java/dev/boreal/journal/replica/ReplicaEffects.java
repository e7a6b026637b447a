package dev.boreal.journal.replica;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordKind;

/**
 * What a {@link ReplicaCore} wants done. Its shell decides nothing. {@link #write}, {@link #cutAfter}, {@link #beginAnew} and
 * {@link #stand} concern the disk: they are carried out in the order asked, and their outcomes told in that order.
 */
public interface ReplicaEffects {

    /** Put a record at the end of the log. Tell {@code synced} with the highest index that is durable, now and then. */
    void write(long term, RecordKind kind, long position, long epoch, JournalEntry entry);

    /** Take back the records behind {@code index}, durably, and tell {@code cut}. Nothing is written until then. */
    void cutAfter(long index);

    /** Forget all records and begin behind {@code base}, durably; then tell {@code begunAnew}. */
    void beginAnew(LogState base);

    /** Make it durable, and tell {@code stood}. */
    void stand(Standing standing);

    /** Send, or drop. */
    void send(String peer, Message message);

    /**
     * Read records from the disk, up to about a frame, and tell {@code copied}; or, if they were trimmed, {@code
     * trimmedBefore}. They are written, or about to be.
     */
    void copy(CopyRequest request);

    /**
     * Everything up to {@code index} is committed. Those of its records that are not on disk only are in the core's {@link
     * ReplicaCore#tail}.
     *
     * @param position of the last committed entry
     */
    void committed(long index, long position);

    /** Whoever waited for the commits up to {@code index} has been answered: now the subscribers. */
    void answered(long index);

    /** Everything at or below {@code timestamp} is committed. Rises strictly; told after the commits before it. */
    void watermark(long timestamp);

    void durable(Journal.AppendListener listener, long position);

    void refused(Journal.AppendListener listener, AppendRefusal refusal);

    void opened(OpenListener listener, OpenOutcome outcome);

    void advanceRequested(Journal.Writer writer, long timestamp);

    /** Entries up to {@code position}, all committed, may be deleted. */
    void trim(long position);

    /** Hears what became of an open or a resume. */
    interface OpenListener {
        void answered(OpenOutcome outcome);
    }
}
