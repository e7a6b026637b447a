package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that write rows. An empty {@code returning} means there is no RETURNING. */
public sealed interface ModificationStatement extends PreparableStatement {

    /**
     * @param columns empty if no column list was written
     * @param source null for DEFAULT VALUES
     */
    record Insert(
            @Nullable WithClause with,
            TableExpression.Table target,
            List<TargetColumn> columns,
            @Nullable Overriding overriding,
            @Nullable Query source,
            @Nullable OnConflict onConflict,
            List<TargetItem> returning,
            int position)
            implements ModificationStatement {
        @Override
        public String commandTag() {
            return "INSERT";
        }
    }

    enum Overriding {
        USER_VALUE,
        SYSTEM_VALUE
    }

    /** A column being written, perhaps a part of it: {@code c}, {@code c.field}, {@code c[1]}. */
    record TargetColumn(String name, List<Part> path, int position) implements Node {

        /** Exactly one of the two is given. */
        public record Part(@Nullable String field, Expression.Subscript.@Nullable Index index) {}
    }

    /**
     * {@code ON CONFLICT}. At most one of {@code constraint} and {@code inference} is given; neither means any constraint.
     *
     * @param update whether DO UPDATE, else DO NOTHING
     */
    record OnConflict(
            List<IndexElement> inference,
            @Nullable Expression inferenceWhere,
            @Nullable String constraint,
            boolean update,
            List<Assignment> assignments,
            @Nullable Expression where,
            int position)
            implements Node {}

    /**
     * {@code column = value}, or {@code (a, b) = source} when there are several columns or {@code multiple}: then {@code value} is a row constructor, a
     * scalar subquery that yields as many columns, or any other expression that yields a row.
     */
    record Assignment(List<TargetColumn> columns, boolean multiple, Expression value, int position) implements Node {}

    record Update(
            @Nullable WithClause with,
            TableExpression.Table target,
            List<Assignment> assignments,
            List<TableExpression> from,
            @Nullable Expression where,
            List<TargetItem> returning,
            int position)
            implements ModificationStatement {
        @Override
        public String commandTag() {
            return "UPDATE";
        }
    }

    record Delete(
            @Nullable WithClause with,
            TableExpression.Table target,
            List<TableExpression> using,
            @Nullable Expression where,
            List<TargetItem> returning,
            int position)
            implements ModificationStatement {
        @Override
        public String commandTag() {
            return "DELETE";
        }
    }

    record Merge(
            @Nullable WithClause with,
            TableExpression.Table target,
            TableExpression source,
            Expression on,
            List<MergeWhen> whens,
            int position)
            implements ModificationStatement {
        @Override
        public String commandTag() {
            return "MERGE";
        }
    }

    /** {@code WHEN [NOT] MATCHED [AND condition] THEN action}. */
    record MergeWhen(boolean matched, @Nullable Expression condition, MergeAction action, int position)
            implements Node {}

    sealed interface MergeAction {

        record MergeUpdate(List<Assignment> assignments) implements MergeAction {}

        record MergeDelete() implements MergeAction {}

        record MergeNothing() implements MergeAction {}

        /** {@code values} is empty for DEFAULT VALUES. */
        record MergeInsert(
                List<TargetColumn> columns, @Nullable Overriding overriding, List<Expression> values)
                implements MergeAction {}
    }
}
