package dev.boreal.journal.service;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.CopyRequest;
import dev.boreal.journal.replica.RecordBatch;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads records from the disk as they travel. Used once. */
final class BatchReader implements SegmentLog.RecordVisitor {
    private final long maxBytes;
    private long[] terms = new long[64];
    private RecordKind[] kinds = new RecordKind[64];
    private @Nullable JournalEntry[] entries = new JournalEntry[64];
    private int size;

    BatchReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Null if they were trimmed. */
    @Nullable RecordBatch read(SegmentLog log, CopyRequest request) throws IOException {
        if (!log.copy(request.afterIndex(), request.throughIndex(), maxBytes, this)) {
            return null;
        }
        return new RecordBatch(request.afterIndex() + 1, size, terms, kinds, entries);
    }

    @Override
    public void record(long index, long term, RecordKind kind, long timestamp, byte[] payload) {
        if (size == terms.length) {
            terms = Arrays.copyOf(terms, size * 2);
            kinds = Arrays.copyOf(kinds, size * 2);
            entries = Arrays.copyOf(entries, size * 2);
        }
        terms[size] = term;
        kinds[size] = kind;
        entries[size] = new JournalEntry(timestamp, payload);
        size++;
    }
}
