package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/** An append that was not answered yet: a link of the row of those, and the listener of its first sending. */
final class PendingEntry implements AppendListener {
    final long epoch;
    final long expectedPosition;
    final JournalEntry entry;
    final AppendListener listener;
    final long deadline;
    private final ClientWriter writer;
    /** Of the last sending; 0 before the first. */
    long generation;

    int sendings;
    boolean answered;

    @Nullable PendingEntry before;

    @Nullable PendingEntry next;

    PendingEntry(
            ClientWriter writer,
            long epoch,
            long expectedPosition,
            JournalEntry entry,
            AppendListener listener,
            long deadline) {
        this.writer = writer;
        this.epoch = epoch;
        this.expectedPosition = expectedPosition;
        this.entry = entry;
        this.listener = listener;
        this.deadline = deadline;
    }

    @Override
    public void onDurable(long position) {
        writer.durable(this, position);
    }

    @Override
    public void onRefused(AppendRefusal refusal) {
        writer.refused(this, 1, refusal);
    }

    /** The listener of a later sending. */
    AppendListener again(int sending) {
        return new AppendListener() {
            @Override
            public void onDurable(long position) {
                writer.durable(PendingEntry.this, position);
            }

            @Override
            public void onRefused(AppendRefusal refusal) {
                writer.refused(PendingEntry.this, sending, refusal);
            }
        };
    }
}
