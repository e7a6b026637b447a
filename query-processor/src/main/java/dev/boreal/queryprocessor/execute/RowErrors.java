package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The errors of rows that break a constraint, in PostgreSQL's words and fields. */
public final class RowErrors {
    private RowErrors() {}

    static SqlException notNull(Table table, Column column, @Nullable Object[] row, Execution execution) {
        return new SqlException(located(
                        SqlState.NOT_NULL_VIOLATION,
                        "null value in column \"" + column.name() + "\" of relation \"" + table.name()
                                + "\" violates not-null constraint",
                        table,
                        execution)
                .withDetail(failingRow(table, row, execution))
                .withColumn(column.name()));
    }

    static SqlException check(Table table, String constraint, @Nullable Object[] row, Execution execution) {
        return new SqlException(located(
                        SqlState.CHECK_VIOLATION,
                        "new row for relation \"" + table.name() + "\" violates check constraint \"" + constraint
                                + "\"",
                        table,
                        execution)
                .withDetail(failingRow(table, row, execution))
                .withConstraint(constraint));
    }

    /** @param keyText {@code (a, b)=(1, 2)} */
    static SqlException unique(Table table, String constraint, String keyText, Execution execution) {
        return new SqlException(located(
                        SqlState.UNIQUE_VIOLATION,
                        "duplicate key value violates unique constraint \"" + constraint + "\"",
                        table,
                        execution)
                .withDetail("Key " + keyText + " already exists.")
                .withConstraint(constraint));
    }

    static SqlException foreignKeyMissing(
            Table table, String constraint, String keyText, Table referenced, Execution execution) {
        return new SqlException(located(
                        SqlState.FOREIGN_KEY_VIOLATION,
                        "insert or update on table \"" + table.name() + "\" violates foreign key constraint \""
                                + constraint + "\"",
                        table,
                        execution)
                .withDetail("Key " + keyText + " is not present in table \"" + referenced.name() + "\".")
                .withConstraint(constraint));
    }

    static SqlException foreignKeyReferenced(
            Table table, String constraint, String keyText, Table referencing, Execution execution) {
        return new SqlException(located(
                        SqlState.FOREIGN_KEY_VIOLATION,
                        "update or delete on table \"" + table.name() + "\" violates foreign key constraint \""
                                + constraint + "\" on table \"" + referencing.name() + "\"",
                        referencing,
                        execution)
                .withDetail("Key " + keyText + " is still referenced from table \"" + referencing.name() + "\".")
                .withConstraint(constraint));
    }

    private static SqlError located(String sqlState, String message, Table table, Execution execution) {
        return SqlError.error(sqlState, message)
                .at(schemaName(execution.transaction().catalog(), table), table.name());
    }

    /** The name of a table's schema. */
    public static @Nullable String schemaName(CatalogSnapshot catalog, Table table) {
        Schema schema = catalog.schema(table.schemaOid());
        return schema == null ? null : schema.name();
    }

    private static String failingRow(Table table, @Nullable Object[] row, Execution execution) {
        StringJoiner text = new StringJoiner(", ", "Failing row contains (", ").");
        for (Column column : table.columns()) {
            if (!column.dropped()) {
                text.add(format(column.type(), row[column.field()], execution));
            }
        }
        return text.toString();
    }

    private static String format(SqlType type, @Nullable Object value, Execution execution) {
        return value == null ? "null" : type.format(value, execution.context());
    }

    /** {@code (a, b)=(1, 2)}. */
    static String keyText(Table table, int[] columnNumbers, @Nullable Object[] values, Execution execution) {
        StringJoiner names = new StringJoiner(", ", "(", ")");
        StringJoiner texts = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < columnNumbers.length; i++) {
            Column column = table.columns().get(columnNumbers[i] - 1);
            names.add(column.name());
            texts.add(format(column.type(), values[i], execution));
        }
        return names + "=" + texts;
    }
}
