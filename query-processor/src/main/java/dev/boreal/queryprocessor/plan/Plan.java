package dev.boreal.queryprocessor.plan;

import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;

/**
 * An executable statement. Immutable: cached, and run by many sessions at once.
 *
 * @param command what CommandComplete says before the row count
 * @param columns of the result; empty for a modification without RETURNING
 * @param parameterTypes of $1, $2, …
 * @param root a {@link dev.boreal.queryprocessor.execute.ModifyOperator} at the top for INSERT, UPDATE and DELETE
 * @param outerSlots how many slots for outer rows an execution needs
 * @param sharedSlots how many slots for shared state an execution needs
 * @param writes whether it changes or locks rows, or calls a function that does (nextval)
 * @param brief whether it certainly touches just a few rows by their whole keys and waits for nothing: it may run on an
 *     event loop
 */
public record Plan(
        Command command,
        List<OutputColumn> columns,
        List<SqlType> parameterTypes,
        Operator root,
        int outerSlots,
        int sharedSlots,
        boolean writes,
        boolean brief) {
    public Plan {
        columns = List.copyOf(columns);
        parameterTypes = List.copyOf(parameterTypes);
    }

    /** Whether it answers rows, be they without columns: a query, or a modification with RETURNING. */
    public boolean givesRows() {
        return !columns.isEmpty() || command == Command.SELECT;
    }

    /** What kind of statement it is. */
    public enum Command {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        MERGE;

        /** The tag with its count. */
        public String tag(long rows) {
            return this == INSERT ? "INSERT 0 " + rows : name() + " " + rows;
        }
    }

    /**
     * A column of the result.
     *
     * @param tableOid of the table that it comes from unchanged, or 0
     * @param columnNumber its attribute number, or 0
     */
    public record OutputColumn(String name, SqlType type, int typeModifier, int tableOid, int columnNumber) {}
}
