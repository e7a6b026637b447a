package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import org.jspecify.annotations.Nullable;

/** Puts the rows that a table has into an index that is new. */
public final class IndexFill {
    private final Table table;
    private final IndexWriter writer;

    public IndexFill(Table table, Index index, ExpressionCompiler compiler) {
        this.table = table;
        writer = new IndexWriter(table, index, compiler);
    }

    /** @param row all fields, then the row key */
    public void add(@Nullable Object[] row, Execution execution) {
        byte[] rowKey =
                (byte[]) java.util.Objects.requireNonNull(row[table.columns().size()]);
        add(row, rowKey, execution);
    }

    void add(@Nullable Object[] row, byte[] rowKey, Execution execution) {
        IndexWriter.Entry entry = writer.entry(row, rowKey, execution);
        if (entry == null) {
            return;
        }
        if (entry.claimsUniqueness() && writer.holder(entry, execution.transaction()) != null) {
            throw duplicate(table, writer.index().name(), writer.keyText(entry.values(), execution), execution);
        }
        writer.add(entry, rowKey, execution.transaction());
    }

    static SqlException duplicate(Table table, String index, String keyText, Execution execution) {
        return new SqlException(
                SqlError.error(SqlState.UNIQUE_VIOLATION, "could not create unique index \"" + index + "\"")
                        .withDetail("Key " + keyText + " is duplicated.")
                        .at(RowErrors.schemaName(execution.transaction().catalog(), table), table.name())
                        .withConstraint(index));
    }
}
