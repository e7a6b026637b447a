package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.expression.Scalar;
import org.jspecify.annotations.Nullable;

/** Finds where a frame starts, or ends, for one row after another of a partition. */
final class FrameBound {
    private final WindowFrame.Mode mode;
    private final WindowFrame.Bound bound;
    private final boolean isStart;
    private final boolean nullsFirst;
    private final Execution execution;
    private final @Nullable Object offset;
    private final @Nullable Object[] comparison = new Object[3];
    /** The bound found last: it never moves back within a partition. */
    private int last;

    /** Evaluates the offset, once per execution of the plan. */
    FrameBound(
            WindowFrame.Mode mode, WindowFrame.Bound bound, boolean isStart, boolean nullsFirst, Execution execution) {
        this.mode = mode;
        this.bound = bound;
        this.isStart = isStart;
        this.nullsFirst = nullsFirst;
        this.execution = execution;
        offset = bound.offset() == null ? null : offset(bound.offset());
    }

    private Object offset(Scalar expression) {
        String side = isStart ? "starting" : "ending";
        Object value = expression.evaluate(KeyBounds.NO_ROW, execution);
        if (value == null) {
            throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "frame " + side + " offset must not be null");
        }
        if (mode == WindowFrame.Mode.RANGE) {
            if (bound.negative() != null && bound.negative().isTrue(new Object[] {value}, execution)) {
                throw new SqlException(
                        SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE,
                        "invalid preceding or following size in window function");
            }
        } else if (((Number) value).longValue() < 0) {
            throw new SqlException(
                    SqlState.INVALID_PRECEDING_OR_FOLLOWING_SIZE, "frame " + side + " offset must not be negative");
        }
        return value;
    }

    void startPartition() {
        last = 0;
    }

    /** The first row of the frame of {@code row}, or the row behind its last. */
    int find(WindowPartition partition, int row) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> 0;
            case UNBOUNDED_FOLLOWING -> partition.size();
            case CURRENT_ROW -> mode == WindowFrame.Mode.ROWS ? row + end() : ofGroup(partition, partition.group(row));
            case PRECEDING, FOLLOWING ->
                switch (mode) {
                    case ROWS -> (int) Math.clamp(row + shift(partition.size()) + end(), 0L, partition.size());
                    case GROUPS -> ofGroup(partition, partition.group(row) + shift(partition.groupCount()));
                    case RANGE -> inRange(partition, row);
                };
        };
    }

    private int end() {
        return isStart ? 0 : 1;
    }

    /** The signed offset, not further than {@code most}. */
    private long shift(int most) {
        long distance = offset instanceof Number number ? Math.min(number.longValue(), most) : 0;
        return bound.kind() == WindowFrame.BoundKind.PRECEDING ? -distance : distance;
    }

    private int ofGroup(WindowPartition partition, long group) {
        if (group < 0) {
            return 0;
        }
        if (group >= partition.groupCount()) {
            return partition.size();
        }
        return isStart ? partition.groupStart((int) group) : partition.groupEnd((int) group);
    }

    /** A NULL is in range of NULLs alone, and they are beyond everything else. */
    private int inRange(WindowPartition partition, int row) {
        Object current = partition.orderValue(row);
        if (current == null) {
            return ofGroup(partition, partition.group(row));
        }
        while (last < partition.size() && passes(partition.orderValue(last), current)) {
            last++;
        }
        return last;
    }

    /** Whether the bound lies behind a row with that value. */
    private boolean passes(@Nullable Object value, Object current) {
        if (value == null) {
            return nullsFirst;
        }
        comparison[0] = value;
        comparison[1] = current;
        comparison[2] = offset;
        boolean within = bound.inRange() != null && bound.inRange().isTrue(comparison, execution);
        return isStart != within;
    }
}
