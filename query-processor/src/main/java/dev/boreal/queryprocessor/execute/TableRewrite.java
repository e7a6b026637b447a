package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.expression.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies rows into the new storage of a table whose shape or primary key changed. */
public final class TableRewrite {
    private final Table table;
    private final RowCodec rows;
    private final @Nullable KeyCodec primaryKey;
    private final int[] keyFields;
    private final Map<Integer, Scalar> computed;
    private final List<IndexFill> indexes = new ArrayList<>();
    private final List<NamedCheck> checks = new ArrayList<>();

    /** @param computed new values by field, over the old row */
    public TableRewrite(
            Table table, Map<Integer, Scalar> computed, CatalogSnapshot catalog, ExpressionCompiler compiler) {
        this.table = table;
        this.computed = computed;
        rows = new RowCodec(table);
        Index primary = table.primaryKey();
        primaryKey = primary == null ? null : KeyCodec.of(table, primary);
        keyFields = primary == null
                ? new int[0]
                : primary.columns().stream()
                        .mapToInt(column -> column.columnNumber() - 1)
                        .toArray();
        for (Index index : table.indexes()) {
            if (!index.primary()) {
                indexes.add(new IndexFill(table, index, compiler));
            }
        }
        for (Constraint constraint : table.constraints()) {
            if (constraint instanceof Constraint.Check check && check.validated()) {
                checks.add(new NamedCheck(
                        check.name(),
                        compiler.compile(check.conditionSql(), table).scalar()));
            }
        }
    }

    /** @param old all fields of the old table, {@code oldWidth} of them, then the row key */
    public void add(@Nullable Object[] old, int oldWidth, Execution execution) {
        @Nullable Object[] row = Arrays.copyOf(Arrays.copyOf(old, oldWidth), rows.width());
        computed.forEach((field, scalar) -> row[field] = scalar.evaluate(old, execution));
        for (Column column : table.columns()) {
            if (column.dropped()) {
                row[column.field()] = null;
            } else if (row[column.field()] == null && column.notNull()) {
                throw new SqlException(SqlError.error(
                                SqlState.NOT_NULL_VIOLATION,
                                "column \"" + column.name() + "\" of relation \"" + table.name()
                                        + "\" contains null values")
                        .withColumn(column.name()));
            }
        }
        for (NamedCheck check : checks) {
            if (Boolean.FALSE.equals(check.condition().evaluate(row, execution))) {
                throw new SqlException(SqlError.error(
                                SqlState.CHECK_VIOLATION,
                                "check constraint \"" + check.name() + "\" of relation \"" + table.name()
                                        + "\" is violated by some row")
                        .withConstraint(check.name()));
            }
        }
        byte[] rowKey = rowKey(row, execution);
        execution.transaction().put(rowKey, rows.encode(row));
        for (IndexFill index : indexes) {
            index.add(row, rowKey, execution);
        }
    }

    private byte[] rowKey(@Nullable Object[] row, Execution execution) {
        if (primaryKey == null) {
            return TableWriter.newRowId(table, execution.transaction());
        }
        @Nullable Object[] values = new Object[keyFields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row[keyFields[i]];
        }
        byte[] rowKey = primaryKey.key(values, new dev.boreal.queryprocessor.type.ByteWriter(24));
        if (execution.transaction().get(rowKey) != null) {
            int[] numbers = Arrays.stream(keyFields).map(field -> field + 1).toArray();
            throw IndexFill.duplicate(
                    table,
                    java.util.Objects.requireNonNull(table.primaryKey()).name(),
                    RowErrors.keyText(table, numbers, values, execution),
                    execution);
        }
        return rowKey;
    }
}
