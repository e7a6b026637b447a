package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item of FROM. */
public sealed interface TableExpression extends Node {

    /** A named relation; {@code only} excludes inheriting tables. */
    record Table(
            QualifiedName name,
            boolean only,
            @Nullable Alias alias,
            @Nullable TableSample sample,
            int position) implements TableExpression {

        public static Table of(QualifiedName name) {
            return new Table(name, false, null, null, name.position());
        }
    }

    /** {@code TABLESAMPLE method (arguments) [REPEATABLE (seed)]}. */
    record TableSample(
            QualifiedName method,
            List<Expression> arguments,
            @Nullable Expression repeatable,
            int position) implements Node {}

    /** {@code [LATERAL] (query) AS alias}. PostgreSQL 15 requires the alias, so it is null in no tree that was parsed. */
    record Subquery(Query query, boolean lateral, @Nullable Alias alias, int position) implements TableExpression {}

    /**
     * {@code [LATERAL] f(...)} or, with several, {@code ROWS FROM (f(...), ...)}.
     *
     * @param rowsFrom ROWS FROM was written
     * @param columnDefinitions of the alias: {@code AS t(a int, b text)}; empty if none
     */
    record Functions(
            List<TableFunction> functions,
            boolean rowsFrom,
            boolean lateral,
            boolean ordinality,
            @Nullable Alias alias,
            List<ColumnType> columnDefinitions,
            int position)
            implements TableExpression {}

    /** One function of FROM; {@code call} is a function call or a keyword value such as CURRENT_DATE. */
    record TableFunction(Expression call, List<ColumnType> columnDefinitions) {}

    /** A column of a column definition list. */
    record ColumnType(String name, TypeName type, @Nullable QualifiedName collation, int position) implements Node {}

    /**
     * A join; at most one of {@code natural}, {@code using} and {@code on} is given, and none for CROSS.
     *
     * @param using null if there is no USING
     * @param usingAlias {@code USING (...) AS alias}
     * @param alias of the parenthesised join as a whole
     */
    record Join(
            Kind kind,
            TableExpression left,
            TableExpression right,
            boolean natural,
            @Nullable List<String> using,
            @Nullable String usingAlias,
            @Nullable Expression on,
            @Nullable Alias alias,
            int position)
            implements TableExpression {
        public enum Kind {
            CROSS,
            INNER,
            LEFT,
            RIGHT,
            FULL
        }
    }
}
