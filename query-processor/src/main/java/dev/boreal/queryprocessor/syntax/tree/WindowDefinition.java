package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window: an item of the WINDOW clause, or what follows OVER.
 *
 * @param name in a WINDOW clause the name being defined; after OVER the name of the window used as it is ({@code OVER w}), else null
 * @param base inside parentheses, the window that this one refines: {@code OVER (w ORDER BY x)}
 */
public record WindowDefinition(
        @Nullable String name,
        @Nullable String base,
        List<Expression> partitionBy,
        List<SortItem> orderBy,
        @Nullable Frame frame,
        int position)
        implements Node {

    /** The frame clause; {@code end} is null when BETWEEN was not written, which means CURRENT ROW. */
    public record Frame(Mode mode, Bound start, @Nullable Bound end, Exclusion exclusion) {}

    public enum Mode {
        ROWS,
        RANGE,
        GROUPS
    }

    /** {@code offset} is not null for the two OFFSET kinds only. */
    public record Bound(BoundKind kind, @Nullable Expression offset) {}

    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        OFFSET_PRECEDING,
        CURRENT_ROW,
        OFFSET_FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        GROUP,
        TIES
    }
}
