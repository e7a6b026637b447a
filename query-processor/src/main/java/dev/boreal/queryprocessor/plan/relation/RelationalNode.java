package dev.boreal.queryprocessor.plan.relation;

import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.function.ResolvedFunction;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.SelectBody;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of relational algebra. Which of its variables are kept is decided by who reads them. */
public sealed interface RelationalNode {

    /** One row without columns. */
    record OneRow() implements RelationalNode {}

    /** No row. The variables exist for readers above. */
    record Empty(List<Variable> columns) implements RelationalNode {}

    /**
     * A table's rows.
     *
     * @param columns by field; null where the column is dropped
     * @param rowKey the row's key ({@code byte[]}), for writes and locks
     */
    record TableAccess(Table table, String alias, List<@Nullable Variable> columns, Variable rowKey)
            implements RelationalNode {}

    record SystemAccess(SystemTable table, String alias, List<@Nullable Variable> columns) implements RelationalNode {}

    record Values(List<Variable> columns, List<List<BoundExpression>> rows) implements RelationalNode {}

    /** Functions of FROM side by side; the shorter ones are filled up with nulls. */
    record FunctionAccess(
            List<FunctionItem> functions, @Nullable Variable ordinality) implements RelationalNode {}

    /** One function: its call, and its columns. A scalar function is a table of one row. */
    record FunctionItem(
            @Nullable ResolvedFunction function,
            List<BoundExpression> arguments,
            List<Variable> columns,
            boolean composite) {}

    record Filter(RelationalNode input, BoundExpression condition) implements RelationalNode {}

    /** The input's columns, and new ones computed from them. */
    record Extend(RelationalNode input, List<Definition> definitions) implements RelationalNode {}

    record Definition(Variable variable, BoundExpression expression) {}

    /** As {@link Extend}, with {@link BoundExpression.SetCall} as expressions: rows are multiplied. */
    record ProjectSet(RelationalNode input, List<Definition> definitions) implements RelationalNode {}

    /** SEMI and ANTI pass rows of the left side. In a lateral join the right side reads the left's columns. */
    record Join(
            JoinKind kind,
            RelationalNode left,
            RelationalNode right,
            @Nullable BoundExpression condition,
            boolean lateral)
            implements RelationalNode {}

    /** How a join treats rows without a partner. */
    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        SEMI,
        ANTI
    }

    /**
     * @param keys every grouping expression, defined once
     * @param sets which of the keys each grouping set has; one set of all keys for a plain GROUP BY
     * @param plain there is no GROUP BY: one row even if none comes
     */
    record Aggregate(
            RelationalNode input,
            List<Definition> keys,
            List<List<Integer>> sets,
            List<Definition> aggregates,
            List<GroupingDefinition> groupings,
            boolean plain)
            implements RelationalNode {}

    /** GROUPING(...) of these keys. */
    record GroupingDefinition(Variable variable, List<Integer> keys) {}

    /** Definitions are {@link BoundExpression.WindowCall}s. */
    record Window(RelationalNode input, List<Definition> calls) implements RelationalNode {}

    record Sort(RelationalNode input, List<SortKey> keys) implements RelationalNode {}

    /** With ties, {@code ties} are the keys that decide; else it is empty. */
    record Limit(
            RelationalNode input,
            @Nullable BoundExpression limit,
            @Nullable BoundExpression offset,
            List<SortKey> ties) implements RelationalNode {}

    /** One row for each combination of these columns. */
    record Distinct(RelationalNode input, List<Variable> columns) implements RelationalNode {}

    /** The first row for each combination; the input is sorted by them. */
    record DistinctOn(RelationalNode input, List<Variable> columns) implements RelationalNode {}

    record SetOperation(
            SelectBody.SetOperation.Kind kind,
            boolean all,
            RelationalNode left,
            List<Variable> leftColumns,
            RelationalNode right,
            List<Variable> rightColumns,
            List<Variable> columns)
            implements RelationalNode {}

    /** Reads a common table. */
    record CommonTableAccess(CommonTable table, List<Variable> columns) implements RelationalNode {}

    /** Computes common tables whose effects must happen, whether they are read or not, and then the input. */
    record With(RelationalNode input, List<CommonTable> tables) implements RelationalNode {}

    /** WITH RECURSIVE; {@code step} reads {@code working} through {@link WorkingTableAccess}. */
    record RecursiveUnion(
            CommonTable working,
            boolean all,
            RelationalNode start,
            List<Variable> startColumns,
            RelationalNode step,
            List<Variable> stepColumns,
            List<Variable> columns)
            implements RelationalNode {}

    /** The rows that the last step of a recursive union found. */
    record WorkingTableAccess(CommonTable table, List<Variable> columns) implements RelationalNode {}

    /** Locks the rows that the input names by their keys. */
    record LockRows(RelationalNode input, List<LockTarget> targets) implements RelationalNode {}

    record LockTarget(Table table, Variable rowKey, Query.LockStrength strength, Query.LockWait waiting) {}

    /**
     * INSERT.
     *
     * @param values one variable of the input per field of the table
     * @param written the columns of the new row, for RETURNING
     */
    record Insert(
            Table table,
            RelationalNode input,
            List<Variable> values,
            List<@Nullable Variable> written,
            @Nullable Conflict conflict)
            implements RelationalNode {}

    /**
     * ON CONFLICT.
     *
     * @param arbiters indexes by oid whose conflicts it handles; empty for any
     * @param existing columns of the row that is in the way
     * @param excluded columns of the row that was to be inserted
     * @param updates new values by field, of the columns that change; null for DO NOTHING
     */
    record Conflict(
            List<Integer> arbiters,
            List<@Nullable Variable> existing,
            List<@Nullable Variable> excluded,
            @Nullable Map<Integer, BoundExpression> updates,
            @Nullable BoundExpression condition) {}

    /**
     * UPDATE.
     *
     * @param old the table's columns in the input, by field
     * @param updates new values by field, of the columns that change
     */
    record Update(
            Table table,
            RelationalNode input,
            Variable rowKey,
            List<@Nullable Variable> old,
            Map<Integer, BoundExpression> updates,
            List<@Nullable Variable> written)
            implements RelationalNode {}

    record Delete(Table table, RelationalNode input, Variable rowKey, List<@Nullable Variable> old)
            implements RelationalNode {}
}
