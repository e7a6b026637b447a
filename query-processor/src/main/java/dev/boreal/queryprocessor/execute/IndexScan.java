package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.transaction.Reads;
import dev.boreal.queryprocessor.transaction.Transaction;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visits a range of a secondary index, in its order or the reverse, and fetches the rows that the entries name; rows as
 * {@link TableScan}. An entry whose row is gone is a bug, since both are written by one transaction.
 */
public final class IndexScan implements Operator {
    private final Table table;
    private final Index index;
    private final KeyBounds bounds;
    private final int[] fields;
    private final boolean withRowKey;
    private final boolean reverse;
    private final RowCodec rows;
    private final KeyCodec keys;

    /** @param columnTypes types of the index's columns, expressions among them */
    public IndexScan(
            Table table,
            Index index,
            SqlType[] columnTypes,
            KeyBounds bounds,
            int[] fields,
            boolean withRowKey,
            boolean reverse) {
        this.table = table;
        this.index = index;
        this.bounds = bounds;
        this.fields = fields.clone();
        this.withRowKey = withRowKey;
        this.reverse = reverse;
        rows = new RowCodec(table);
        keys = new KeyCodec(index, columnTypes);
    }

    public Table table() {
        return table;
    }

    @Override
    public Cursor open(Execution execution) {
        KeyRange range = bounds.resolve(keys, execution);
        if (range == null) {
            return EmptyCursor.INSTANCE;
        }
        Transaction transaction = execution.transaction();
        if (transaction.serializable()) {
            // Entries of an index are blind writes: only the rows' own range catches every phantom.
            transaction.accessRange(KeyCodec.range(table.storageId()), table.oid());
        }
        ScanRequest request =
                new ScanRequest(transaction.snapshot(), range, reverse, null, null, false, Long.MAX_VALUE);
        return new EntryCursor(execution, execution.reads(), request);
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node(
                "Index Scan" + (reverse ? " Backward" : "") + " using " + index.name() + " on " + table.name());
        if (!bounds.text().isEmpty()) {
            explanation.property("Index Cond", bounds.text());
        }
    }

    private final class EntryCursor implements Cursor {
        private final Execution execution;
        private final Reads reads;
        private final Reads.Rows entries;
        private final RowBatch batch = new RowBatch();
        private final RowFormat.Cursor cursor = new RowFormat.Cursor();
        private int next;

        EntryCursor(Execution execution, Reads reads, ScanRequest request) {
            this.execution = execution;
            this.reads = reads;
            entries = reads.scan(request);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (next >= batch.rows()) {
                execution.checkCancelled();
                next = 0;
                if (!entries.next(batch)) {
                    return null;
                }
            }
            byte[] rowKey = IndexEntries.rowKey(table, batch, next++);
            byte[] stored = reads.get(rowKey);
            if (stored == null) {
                throw new IllegalStateException("entry of index " + index.name() + " names a row that is not there");
            }
            cursor.reset(stored, 0, stored.length);
            @Nullable Object[] row = new Object[fields.length + (withRowKey ? 1 : 0)];
            for (int i = 0; i < fields.length; i++) {
                row[i] = rows.decode(cursor, fields[i]);
            }
            if (withRowKey) {
                row[fields.length] = rowKey;
            }
            return row;
        }

        @Override
        public void close() {
            entries.close();
        }
    }
}
