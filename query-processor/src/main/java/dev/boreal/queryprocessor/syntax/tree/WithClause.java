package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code WITH [RECURSIVE] ...}. */
public record WithClause(boolean recursive, List<CommonTable> tables, int position) implements Node {

    /**
     * One common table expression.
     *
     * @param statement a {@link Query}, or INSERT, UPDATE or DELETE with RETURNING
     * @param materialized null if neither MATERIALIZED nor NOT MATERIALIZED was written
     */
    public record CommonTable(
            String name,
            List<String> columns,
            @Nullable Boolean materialized,
            PreparableStatement statement,
            @Nullable Search search,
            @Nullable Cycle cycle,
            int position)
            implements Node {}

    /** {@code SEARCH BREADTH | DEPTH FIRST BY columns SET sequenceColumn}. */
    public record Search(boolean breadthFirst, List<String> columns, String sequenceColumn, int position)
            implements Node {}

    /** {@code CYCLE columns SET markColumn [TO value DEFAULT value] USING pathColumn}. */
    public record Cycle(
            List<String> columns,
            String markColumn,
            @Nullable Expression markValue,
            @Nullable Expression markDefault,
            String pathColumn,
            int position)
            implements Node {}
}
