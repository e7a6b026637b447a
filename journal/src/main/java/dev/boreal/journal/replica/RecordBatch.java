package dev.boreal.journal.replica;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.record.RecordKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a log as it travels: neighbouring records with their terms, as parallel arrays. Positions and epochs follow
 * from where it stands. Immutable once given away.
 */
public final class RecordBatch {
    private static final RecordBatch NOTHING =
            new RecordBatch(0, 0, new long[0], new RecordKind[0], new JournalEntry[0]);

    private final long firstIndex;
    private final int size;
    private final long[] terms;
    private final RecordKind[] kinds;
    private final @Nullable JournalEntry[] entries;

    /**
     * @param terms of the records; the arrays are given away and may be longer than {@code size}
     * @param entries timestamp and payload of each record, also of marks
     */
    public RecordBatch(long firstIndex, int size, long[] terms, RecordKind[] kinds, @Nullable JournalEntry[] entries) {
        this.firstIndex = firstIndex;
        this.size = size;
        this.terms = terms;
        this.kinds = kinds;
        this.entries = entries;
    }

    public static RecordBatch empty() {
        return NOTHING;
    }

    public int size() {
        return size;
    }

    /** Of the first record; not looked at if there is none. */
    public long firstIndex() {
        return firstIndex;
    }

    public long lastIndex() {
        return firstIndex + size - 1;
    }

    public long term(int at) {
        return terms[at];
    }

    public RecordKind kind(int at) {
        return kinds[at];
    }

    public JournalEntry entry(int at) {
        return Objects.requireNonNull(entries[at]);
    }

    @Override
    public String toString() {
        if (size == 0) {
            return "nothing";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : " ").append(firstIndex + i).append('/').append(terms[i]);
            text.append(kinds[i] == RecordKind.ENTRY ? "" : kinds[i].name().toLowerCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }
}
