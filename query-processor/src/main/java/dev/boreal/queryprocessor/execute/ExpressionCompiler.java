package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** Compiles expressions that the catalog holds as SQL text. The planner implements it. */
public interface ExpressionCompiler {

    /** An expression over the whole row of a table, fields in order. */
    Typed compile(String sql, Table table);

    /** An expression over no row, coerced (as by assignment) to a type: a column's default. */
    Scalar compileDefault(String sql, SqlType type, int typeModifier);

    /** A generation expression over the whole row of a table, coerced (as by assignment) to the column's type. */
    Scalar compileGenerated(String sql, Table table, SqlType type, int typeModifier);

    /** An expression and its type. */
    record Typed(Scalar scalar, SqlType type) {}

    /** The default of column {@code field}, or null if it has none. */
    default @Nullable Scalar columnDefault(Table table, int field) {
        var column = table.columns().get(field);
        return column.defaultSql() == null || column.generatedStored()
                ? null
                : compileDefault(column.defaultSql(), column.type(), column.typeModifier());
    }
}
