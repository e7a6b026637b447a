package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.expression.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LIMIT, OFFSET and FETCH FIRST, WITH TIES included. */
public final class LimitOperator implements Operator {
    private final Operator input;
    private final @Nullable Scalar limit;
    private final @Nullable Scalar offset;
    private final SortKey[] tiesOrder;

    /**
     * @param limit an integer of any width that reads no row; absent or NULL: no limit
     * @param offset an integer of any width that reads no row; absent or NULL: none
     * @param tiesOrder the order of the input, if rows equal to the last one in it are to be given too; else empty
     */
    public LimitOperator(Operator input, @Nullable Scalar limit, @Nullable Scalar offset, List<SortKey> tiesOrder) {
        this.input = input;
        this.limit = limit;
        this.offset = offset;
        this.tiesOrder = SortKey.array(tiesOrder);
    }

    @Override
    public Cursor open(Execution execution) {
        long skip = count(offset, 0, execution);
        if (skip < 0) {
            throw new SqlException(SqlState.INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE, "OFFSET must not be negative");
        }
        long take = count(limit, Long.MAX_VALUE, execution);
        if (take < 0) {
            throw new SqlException(SqlState.INVALID_ROW_COUNT_IN_LIMIT_CLAUSE, "LIMIT must not be negative");
        }
        return take == 0 ? EmptyCursor.INSTANCE : new LimitCursor(execution, execution.open(input), skip, take);
    }

    /** What an integer expression says, or a substitute for NULL. */
    static long count(@Nullable Scalar expression, long substitute, Execution execution) {
        return expression != null && expression.evaluate(KeyBounds.NO_ROW, execution) instanceof Number number
                ? number.longValue()
                : substitute;
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Limit");
    }

    private final class LimitCursor implements Cursor {
        private final Execution execution;
        private final Cursor source;
        private long toSkip;
        private long toTake;
        private @Nullable Object @Nullable [] lastKeys;

        LimitCursor(Execution execution, Cursor source, long toSkip, long toTake) {
            this.execution = execution;
            this.source = source;
            this.toSkip = toSkip;
            this.toTake = toTake;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            for (; toSkip > 0; toSkip--) {
                if (source.next() == null) {
                    toSkip = 0;
                    toTake = 0;
                    return null;
                }
                if ((toSkip & 0xfff) == 0) {
                    execution.checkCancelled();
                }
            }
            if (toTake == 0) {
                return lastKeys == null ? null : nextTie(lastKeys);
            }
            @Nullable Object[] row = source.next();
            if (row == null) {
                toTake = 0;
            } else if (--toTake == 0 && tiesOrder.length > 0) {
                lastKeys = SortKey.values(tiesOrder, row, execution, 0);
            }
            return row;
        }

        private @Nullable Object @Nullable [] nextTie(@Nullable Object[] keys) {
            @Nullable Object[] row = source.next();
            if (row != null && SortKey.compare(tiesOrder, keys, SortKey.values(tiesOrder, row, execution, 0)) == 0) {
                return row;
            }
            lastKeys = null;
            return null;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
