package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What yields the rows of a {@link Query}. */
public sealed interface SelectBody extends Node {

    /**
     * A plain SELECT. {@code TABLE x} is {@code SELECT * FROM x}. Items of {@code from} are cross joined.
     *
     * @param distinct DISTINCT or DISTINCT ON was written
     * @param distinctOn the expressions of DISTINCT ON, else empty
     * @param targets may be empty
     * @param into where SELECT INTO creates a table
     * @param groupDistinct GROUP BY DISTINCT
     */
    record Select(
            boolean distinct,
            List<Expression> distinctOn,
            List<TargetItem> targets,
            @Nullable IntoTarget into,
            List<TableExpression> from,
            @Nullable Expression where,
            List<GroupingElement> groupBy,
            boolean groupDistinct,
            @Nullable Expression having,
            List<WindowDefinition> windows,
            int position)
            implements SelectBody {}

    /** {@code VALUES (...), (...)}; an item may be {@link Expression.Default} in an INSERT. */
    record Values(List<List<Expression>> rows, int position) implements SelectBody {}

    record SetOperation(Kind kind, boolean all, SelectBody left, SelectBody right, int position) implements SelectBody {
        public enum Kind {
            UNION,
            INTERSECT,
            EXCEPT
        }
    }

    /** A parenthesised operand with clauses of its own; one without is replaced by its body. */
    record Nested(Query query, int position) implements SelectBody {}

    /** The table that SELECT INTO creates. */
    record IntoTarget(QualifiedName name, Persistence persistence) {}

    /** One item of GROUP BY. */
    sealed interface GroupingElement extends Node {

        record GroupingExpression(Expression expression, int position) implements GroupingElement {}

        /** {@code ()}. */
        record EmptyGroupingSet(int position) implements GroupingElement {}

        /** {@code ROLLUP (a, (b, c))}; a composite element is a {@link Expression.RowConstructor}. */
        record Rollup(List<Expression> elements, int position) implements GroupingElement {}

        record Cube(List<Expression> elements, int position) implements GroupingElement {}

        record GroupingSets(List<GroupingElement> sets, int position) implements GroupingElement {}
    }
}
