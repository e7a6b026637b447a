package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.transaction.Transaction;
import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Keeps the entries of one secondary index in step with its table's rows. Immutable. */
final class IndexWriter {
    private final Table table;
    private final Index index;
    private final KeyCodec keys;
    private final Scalar[] columns;
    private final @Nullable Scalar predicate;

    IndexWriter(Table table, Index index, ExpressionCompiler compiler) {
        this.table = table;
        this.index = index;
        int width = index.columns().size();
        columns = new Scalar[width];
        SqlType[] types = new SqlType[width];
        for (int i = 0; i < width; i++) {
            Index.IndexColumn column = index.columns().get(i);
            if (column.columnNumber() > 0) {
                int field = column.columnNumber() - 1;
                columns[i] = (row, execution) -> row[field];
                types[i] = table.columns().get(field).type();
            } else {
                ExpressionCompiler.Typed typed =
                        compiler.compile(java.util.Objects.requireNonNull(column.expressionSql()), table);
                columns[i] = typed.scalar();
                types[i] = typed.type();
            }
        }
        keys = new KeyCodec(index, types);
        predicate = index.predicateSql() == null
                ? null
                : compiler.compile(index.predicateSql(), table).scalar();
    }

    Index index() {
        return index;
    }

    /** An entry that a row has in the index. */
    record Entry(@Nullable Object[] values, byte[] key, boolean claimsUniqueness) {}

    /** The row's entry, or null if the index's predicate leaves it out. */
    @Nullable Entry entry(@Nullable Object[] row, byte[] rowKey, Execution execution) {
        if (predicate != null && !predicate.isTrue(row, execution)) {
            return null;
        }
        @Nullable Object[] values = Rows.evaluate(columns, row, execution);
        ByteWriter out = keys.begin(new ByteWriter(32));
        for (int i = 0; i < values.length; i++) {
            keys.append(out, i, values[i]);
        }
        boolean claims = index.unique() && (index.nullsNotDistinct() || !Rows.hasNull(values));
        if (!claims) {
            out.writeBytes(rowKey, KeyCodec.PREFIX, rowKey.length - KeyCodec.PREFIX);
        }
        return new Entry(values, out.toByteArray(), claims);
    }

    /** The key of the row that holds a unique entry's key, or null. */
    byte @Nullable [] holder(Entry entry, Transaction transaction) {
        byte[] value = transaction.get(entry.key());
        return value == null ? null : IndexEntries.rowKey(table, value);
    }

    /** Adds an entry; the caller has looked for a holder. */
    void add(Entry entry, byte[] rowKey, Transaction transaction) {
        if (entry.claimsUniqueness()) {
            transaction.access(entry.key(), AccessMode.KEY_WRITE, table.oid());
        }
        transaction.put(entry.key(), IndexEntries.value(rowKey));
    }

    void remove(Entry entry, Transaction transaction) {
        if (entry.claimsUniqueness()) {
            transaction.access(entry.key(), AccessMode.KEY_WRITE, table.oid());
        }
        transaction.delete(entry.key());
    }

    /** {@code (a, lower(b))=(1, x)}. */
    String keyText(@Nullable Object[] values, Execution execution) {
        StringJoiner names = new StringJoiner(", ", "(", ")");
        StringJoiner texts = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < values.length; i++) {
            Index.IndexColumn column = index.columns().get(i);
            names.add(
                    column.columnNumber() > 0
                            ? table.columns().get(column.columnNumber() - 1).name()
                            : String.valueOf(column.expressionSql()));
            Object value = values[i];
            texts.add(value == null ? "null" : keys.type(i).format(value, execution.context()));
        }
        return names + "=" + texts;
    }

    static boolean sameKey(@Nullable Entry a, @Nullable Entry b) {
        return a == null ? b == null : b != null && Arrays.equals(a.key(), b.key());
    }
}
