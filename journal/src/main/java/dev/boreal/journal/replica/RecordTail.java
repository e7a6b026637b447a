package dev.boreal.journal.replica;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.RecordKind;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last records of the log in memory: everything behind {@link #base}, in a ring of parallel arrays. An append costs no
 * object but its own. Not thread-safe.
 */
public final class RecordTail {
    private static final int FIRST_CAPACITY = 256;

    private long base;
    private long basePosition;
    private long baseTimestamp;
    private long last;
    private int mask = FIRST_CAPACITY - 1;
    private long[] terms = new long[FIRST_CAPACITY];
    private RecordKind[] kinds = new RecordKind[FIRST_CAPACITY];
    private long[] positions = new long[FIRST_CAPACITY];
    private long[] epochs = new long[FIRST_CAPACITY];
    private long[] bytesThrough = new long[FIRST_CAPACITY];
    private @Nullable JournalEntry[] entries = new JournalEntry[FIRST_CAPACITY];
    private @Nullable AppendListener[] listeners = new AppendListener[FIRST_CAPACITY];
    private long bytes;
    private long bytesDropped;

    RecordTail(LogState end) {
        clear(end);
    }

    void add(
            long term,
            RecordKind kind,
            long position,
            long epoch,
            JournalEntry entry,
            @Nullable AppendListener listener) {
        if (last - base > mask) {
            grow();
        }
        last++;
        int slot = slot(last);
        terms[slot] = term;
        kinds[slot] = kind;
        positions[slot] = position;
        epochs[slot] = epoch;
        entries[slot] = entry;
        listeners[slot] = listener;
        bytes += RecordHeader.recordBytes(entry.payload().length);
        bytesThrough[slot] = bytes;
    }

    private void grow() {
        int size = mask + 1;
        int capacity = size * 2;
        long[] newTerms = new long[capacity];
        RecordKind[] newKinds = new RecordKind[capacity];
        long[] newPositions = new long[capacity];
        long[] newEpochs = new long[capacity];
        long[] newBytes = new long[capacity];
        JournalEntry[] newEntries = new JournalEntry[capacity];
        AppendListener[] newListeners = new AppendListener[capacity];
        for (long index = base + 1; index <= last; index++) {
            int from = slot(index);
            int to = (int) (index & (capacity - 1));
            newTerms[to] = terms[from];
            newKinds[to] = kinds[from];
            newPositions[to] = positions[from];
            newEpochs[to] = epochs[from];
            newBytes[to] = bytesThrough[from];
            newEntries[to] = entries[from];
            newListeners[to] = listeners[from];
        }
        terms = newTerms;
        kinds = newKinds;
        positions = newPositions;
        epochs = newEpochs;
        bytesThrough = newBytes;
        entries = newEntries;
        listeners = newListeners;
        mask = capacity - 1;
    }

    private int slot(long index) {
        return (int) (index & mask);
    }

    /** The index behind which the records are here. */
    public long base() {
        return base;
    }

    /** The index of the last record of the log. */
    public long last() {
        return last;
    }

    public long term(long index) {
        return terms[slot(index)];
    }

    public RecordKind kind(long index) {
        return kinds[slot(index)];
    }

    /** Of the entry, or of the one before a mark; also of the record at the base. */
    public long position(long index) {
        return index == base ? basePosition : positions[slot(index)];
    }

    /** Also of the record at the base. */
    public long timestamp(long index) {
        return index == base ? baseTimestamp : entry(index).timestamp();
    }

    public long epoch(long index) {
        return epochs[slot(index)];
    }

    public JournalEntry entry(long index) {
        return Objects.requireNonNull(entries[slot(index)]);
    }

    /** Takes the listener away. */
    @Nullable AppendListener takeListener(long index) {
        int slot = slot(index);
        AppendListener listener = listeners[slot];
        listeners[slot] = null;
        return listener;
    }

    void putListener(long index, AppendListener listener) {
        listeners[slot(index)] = listener;
    }

    @Nullable AppendListener listener(long index) {
        return listeners[slot(index)];
    }

    /** Bytes of the records behind {@code index}, which must not lie before the base. */
    long bytesBehind(long index) {
        return bytes - (index <= base ? bytesDropped : bytesThrough[slot(index)]);
    }

    /** The last index that has this position or a lower one, at most {@code through}; the base if there is none. */
    long lastIndexWithPosition(long position, long through) {
        long low = base;
        long high = through;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (position(middle) <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Records behind {@code afterIndex}, at least one if there is one, up to about {@code maxBytes}. */
    RecordBatch slice(long afterIndex, long throughIndex, long maxBytes) {
        long to = Math.min(throughIndex, last);
        if (to <= afterIndex) {
            return RecordBatch.empty();
        }
        long start = afterIndex <= base ? bytesDropped : bytesThrough[slot(afterIndex)];
        long end = afterIndex + 1;
        while (end < to && bytesThrough[slot(end)] - start < maxBytes) {
            end++;
        }
        int size = (int) (end - afterIndex);
        long[] batchTerms = new long[size];
        RecordKind[] batchKinds = new RecordKind[size];
        JournalEntry[] batchEntries = new JournalEntry[size];
        for (int i = 0; i < size; i++) {
            int slot = slot(afterIndex + 1 + i);
            batchTerms[i] = terms[slot];
            batchKinds[i] = kinds[slot];
            batchEntries[i] = entries[slot];
        }
        return new RecordBatch(afterIndex + 1, size, batchTerms, batchKinds, batchEntries);
    }

    /** Forgets the records behind {@code index}, which must not lie before the base. */
    void cutAfter(long index) {
        for (long cut = index + 1; cut <= last; cut++) {
            forget(cut);
        }
        bytes = index == base ? bytesDropped : bytesThrough[slot(index)];
        last = index;
    }

    /** Forgets everything; the log ends there. */
    final void clear(LogState end) {
        Arrays.fill(entries, null);
        Arrays.fill(listeners, null);
        base = end.lastIndex();
        basePosition = end.lastPosition();
        baseTimestamp = end.lastTimestamp();
        last = base;
        bytes = 0;
        bytesDropped = 0;
    }

    /** Forgets records up to {@code throughIndex} as long as more than {@code keepBytes} of those are here. */
    void shrink(long throughIndex, long keepBytes) {
        long through = Math.min(throughIndex, last);
        if (through <= base) {
            return;
        }
        long held = bytesThrough[slot(through)];
        while (base < through && held - bytesDropped > keepBytes) {
            base++;
            int slot = slot(base);
            bytesDropped = bytesThrough[slot];
            basePosition = positions[slot];
            baseTimestamp = Objects.requireNonNull(entries[slot]).timestamp();
            forget(base);
        }
    }

    private void forget(long index) {
        int slot = slot(index);
        entries[slot] = null;
        listeners[slot] = null;
    }
}
