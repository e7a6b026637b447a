package dev.boreal.journal.order;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.RecordKind;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Admitted records in order, waiting to be written together: parallel arrays, so that an append allocates nothing. Not
 * thread-safe.
 */
public final class AppendQueue {
    private static final int FIRST_CAPACITY = 64;

    private RecordKind[] kinds = new RecordKind[FIRST_CAPACITY];
    private long[] terms = new long[FIRST_CAPACITY];
    private long[] positions = new long[FIRST_CAPACITY];
    private long[] epochs = new long[FIRST_CAPACITY];
    private long[] floors = new long[FIRST_CAPACITY];
    private @Nullable JournalEntry[] entries = new JournalEntry[FIRST_CAPACITY];
    private @Nullable AppendListener[] listeners = new AppendListener[FIRST_CAPACITY];
    private int size;
    private long bytes;

    /**
     * @param term in which the record's index was given out; 0 in a journal of one replica
     * @param floor the highest timestamp used or promised before this record
     * @param entry the record's timestamp and payload, also of a mark
     */
    public void add(
            RecordKind kind,
            long term,
            long position,
            long epoch,
            long floor,
            JournalEntry entry,
            AppendListener listener) {
        if (size == kinds.length) {
            grow();
        }
        kinds[size] = kind;
        terms[size] = term;
        positions[size] = position;
        epochs[size] = epoch;
        floors[size] = floor;
        entries[size] = entry;
        listeners[size] = listener;
        size++;
        bytes += RecordHeader.recordBytes(entry.payload().length);
    }

    private void grow() {
        int capacity = size * 2;
        kinds = Arrays.copyOf(kinds, capacity);
        terms = Arrays.copyOf(terms, capacity);
        positions = Arrays.copyOf(positions, capacity);
        epochs = Arrays.copyOf(epochs, capacity);
        floors = Arrays.copyOf(floors, capacity);
        entries = Arrays.copyOf(entries, capacity);
        listeners = Arrays.copyOf(listeners, capacity);
    }

    /** Forgets everything, so that the queue can be filled again. */
    public void clear() {
        Arrays.fill(entries, 0, size, null);
        Arrays.fill(listeners, 0, size, null);
        size = 0;
        bytes = 0;
    }

    public int size() {
        return size;
    }

    /** What the records take in the log. */
    public long bytes() {
        return bytes;
    }

    public RecordKind kind(int index) {
        return kinds[index];
    }

    public long term(int index) {
        return terms[index];
    }

    public long position(int index) {
        return positions[index];
    }

    public long epoch(int index) {
        return epochs[index];
    }

    public long floor(int index) {
        return floors[index];
    }

    public JournalEntry entry(int index) {
        return Objects.requireNonNull(entries[index]);
    }

    public AppendListener listener(int index) {
        return Objects.requireNonNull(listeners[index]);
    }
}
