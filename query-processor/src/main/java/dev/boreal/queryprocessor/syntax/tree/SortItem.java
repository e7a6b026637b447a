package dev.boreal.queryprocessor.syntax.tree;

import org.jspecify.annotations.Nullable;

/** One item of an ORDER BY. {@code using} is not null only for {@link Direction#USING}. */
public record SortItem(
        Expression expression,
        Direction direction,
        @Nullable OperatorName using,
        Nulls nulls,
        int position) implements Node {

    /** The direction as written. */
    public enum Direction {
        DEFAULT,
        ASCENDING,
        DESCENDING,
        USING
    }

    /** The placement of nulls as written; by default last when ascending and first when descending. */
    public enum Nulls {
        DEFAULT,
        FIRST,
        LAST
    }
}
