package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** Binds the expressions that a definition stores. */
public interface ExpressionChecker {

    /** Where an expression stands; decides what it may contain. */
    enum Purpose {
        /** No column; coerced to the target column as by assignment, else 42804. */
        DEFAULT,
        /** Columns of the table but no generated one; immutable (42P17); coerced to the target column. */
        GENERATED,
        /** Boolean, else 42804 {@code argument of CHECK must be type boolean, not type x}. */
        CHECK,
        /** Immutable. */
        INDEX_EXPRESSION,
        /** Boolean and immutable. */
        INDEX_PREDICATE,
        /** USING of ALTER COLUMN TYPE: coerced to the target column. */
        TYPE_CONVERSION
    }

    /**
     * An expression that holds.
     *
     * @param sql canonical: parses again to the same meaning, sequences in it schema-qualified
     * @param columns attribute numbers of the columns in it, ascending, each once
     * @param isVolatile whether two evaluations may differ within a statement
     * @param isNull whether it is the constant NULL
     */
    record Checked(String sql, SqlType type, int[] columns, boolean isVolatile, boolean isNull) {}

    /**
     * @param scope the table whose columns the expression may use
     * @param target the column that the value is for, null if there is none
     * @throws dev.boreal.contracts.sql.SqlException PostgreSQL's, with the position in the statement
     */
    Checked check(Expression expression, Purpose purpose, Table scope, @Nullable Column target);
}
