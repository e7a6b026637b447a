package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.ByteWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads at most one row of a table by its whole primary key; rows as {@link TableScan}. */
public final class PointLookup implements Operator {
    private final Table table;
    private final List<Scalar> key;
    private final String keyText;
    private final int[] fields;
    private final boolean withRowKey;
    private final RowCodec rows;
    private final KeyCodec keys;

    /** @param key expressions for the primary key's columns, in their types, which read no row */
    public PointLookup(Table table, List<Scalar> key, String keyText, int[] fields, boolean withRowKey) {
        Index primaryKey = table.primaryKey();
        if (primaryKey == null || primaryKey.columns().size() != key.size()) {
            throw new IllegalArgumentException("not the whole primary key of " + table.name());
        }
        this.table = table;
        this.key = List.copyOf(key);
        this.keyText = keyText;
        this.fields = fields.clone();
        this.withRowKey = withRowKey;
        rows = new RowCodec(table);
        keys = KeyCodec.of(table, primaryKey);
    }

    public Table table() {
        return table;
    }

    /** The row, or null if there is none. */
    public @Nullable Object @Nullable [] lookup(Execution execution) {
        ByteWriter out = keys.begin(new ByteWriter(24));
        for (int i = 0; i < key.size(); i++) {
            Object value = key.get(i).evaluate(KeyBounds.NO_ROW, execution);
            if (value == null) {
                return null;
            }
            keys.append(out, i, value);
        }
        byte[] rowKey = out.toByteArray();
        if (execution.transaction().serializable()) {
            execution.transaction().accessRange(KeyRange.ofKey(rowKey), table.oid());
        }
        byte[] stored = execution.reads().get(rowKey);
        if (stored == null) {
            return null;
        }
        RowFormat.Cursor cursor = new RowFormat.Cursor().reset(stored, 0, stored.length);
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
    public Cursor open(Execution execution) {
        return new OneRowCursor(lookup(execution));
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Primary Key Lookup on " + table.name());
        explanation.property("Key Cond", keyText);
    }

    private static final class OneRowCursor implements Cursor {
        private @Nullable Object @Nullable [] row;

        OneRowCursor(@Nullable Object @Nullable [] row) {
            this.row = row;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            @Nullable Object[] only = row;
            row = null;
            return only;
        }

        @Override
        public void close() {}
    }
}
