package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.transaction.Reads;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table, or a range of its primary key, in key order or its reverse. Its row has the fields asked for, in the
 * order asked, and, if asked, the row's key ({@code byte[]}) behind them.
 */
public final class TableScan implements Operator {
    private final Table table;
    private final KeyBounds bounds;
    private final @Nullable PushedPredicate filter;
    private final String filterText;
    private final int[] fields;
    private final int[] projection;
    private final int[] places;
    private final boolean withRowKey;
    private final boolean reverse;
    private final @Nullable Scalar limit;
    private final RowCodec rows;
    private final @Nullable KeyCodec keys;

    /**
     * @param bounds {@link KeyBounds#ALL} if the table has no primary key
     * @param filterText the filter as SQL, for EXPLAIN
     * @param fields fields of the table's rows to return
     * @param limit at most this many rows, or null; NULL means all
     */
    public TableScan(
            Table table,
            KeyBounds bounds,
            @Nullable PushedPredicate filter,
            String filterText,
            int[] fields,
            boolean withRowKey,
            boolean reverse,
            @Nullable Scalar limit) {
        this.table = table;
        this.bounds = bounds;
        this.filter = filter;
        this.filterText = filterText;
        this.fields = fields.clone();
        this.withRowKey = withRowKey;
        this.reverse = reverse;
        this.limit = limit;
        rows = new RowCodec(table);
        Index primaryKey = table.primaryKey();
        keys = primaryKey == null ? null : KeyCodec.of(table, primaryKey);
        projection = Arrays.stream(fields).distinct().sorted().toArray();
        places = new int[fields.length];
        for (int i = 0; i < fields.length; i++) {
            places[i] = Arrays.binarySearch(projection, fields[i]);
        }
    }

    public Table table() {
        return table;
    }

    @Override
    public Cursor open(Execution execution) {
        KeyRange range = keys == null ? KeyCodec.range(table.storageId()) : bounds.resolve(keys, execution);
        if (range == null) {
            return EmptyCursor.INSTANCE;
        }
        Object most = limit == null ? null : limit.evaluate(KeyBounds.NO_ROW, execution);
        ScanRequest request = new ScanRequest(
                execution.transaction().snapshot(),
                range,
                reverse,
                filter == null ? null : filter.resolve(execution),
                projection,
                withRowKey,
                most == null ? Long.MAX_VALUE : Math.max(0, ((Number) most).longValue()));
        execution.transaction().accessRange(range, table.oid());
        return new ScanCursor(execution, execution.reads().scan(request));
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }

    @Override
    public void explain(Explanation explanation) {
        boolean keyed = !bounds.equals(KeyBounds.ALL);
        explanation.node(
                (keyed ? "Primary Key Scan" : "Seq Scan") + (reverse ? " Backward" : "") + " on " + table.name());
        if (keyed && !bounds.text().isEmpty()) {
            explanation.property("Key Cond", bounds.text());
        }
        if (filter != null) {
            explanation.property("Storage Filter", filterText);
        }
    }

    private final class ScanCursor implements Cursor {
        private final Execution execution;
        private final Reads.Rows source;
        private final RowBatch batch = new RowBatch();
        private final RowFormat.Cursor cursor = new RowFormat.Cursor();
        private int next;
        private boolean ended;

        ScanCursor(Execution execution, Reads.Rows source) {
            this.execution = execution;
            this.source = source;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (next >= batch.rows()) {
                if (ended) {
                    return null;
                }
                execution.checkCancelled();
                next = 0;
                if (!source.next(batch)) {
                    ended = true;
                    return null;
                }
            }
            int at = next++;
            cursor.reset(batch.data(), batch.valueOffset(at), batch.valueLength(at));
            @Nullable Object[] row = new Object[fields.length + (withRowKey ? 1 : 0)];
            for (int i = 0; i < fields.length; i++) {
                row[i] = rows.decode(cursor, places[i], fields[i]);
            }
            if (withRowKey) {
                row[fields.length] = batch.key(at);
            }
            return row;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
