package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import org.jspecify.annotations.Nullable;

/** A comparison with ANY or ALL rows of a query. */
public final class QuantifiedSubquery extends Subquery {
    private static final Object UNKNOWN = new Object();

    private final Scalar[] left;
    private final Scalar comparison;
    private final boolean all;

    /**
     * Slots as {@link Subquery} says.
     *
     * @param comparison over the left values followed by the columns of a row of the plan
     * @param all ALL, else ANY
     */
    public QuantifiedSubquery(
            Scalar[] left, Scalar comparison, Operator plan, boolean all, int outerSlot, int cacheSlot) {
        super(plan, outerSlot, cacheSlot);
        this.left = left.clone();
        this.comparison = comparison;
        this.all = all;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        Object result = result(row, execution);
        Object outcome = result;
        if (result instanceof RowBuffer rows) {
            outcome = compare(Rows.evaluate(left, row, execution), rows, execution);
        }
        return outcome instanceof Boolean ? outcome : null;
    }

    @Override
    Object read(Operator.Cursor cursor, @Nullable Object[] row, Execution execution) {
        return cached()
                ? RowBuffer.of(cursor, execution)
                : compare(Rows.evaluate(left, row, execution), cursor, execution);
    }

    private Object compare(@Nullable Object[] values, RowBuffer rows, Execution execution) {
        boolean unknown = false;
        for (int i = 0; i < rows.size(); i++) {
            Object outcome = comparison.evaluate(Rows.concatenate(values, rows.get(i)), execution);
            if (decides(outcome)) {
                return !all;
            }
            unknown |= outcome == null;
            if ((i & 0xfff) == 0xfff) {
                execution.checkCancelled();
            }
        }
        return unknown ? UNKNOWN : (Object) all;
    }

    private Object compare(@Nullable Object[] values, Operator.Cursor cursor, Execution execution) {
        boolean unknown = false;
        int passed = 0;
        for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
            Object outcome = comparison.evaluate(Rows.concatenate(values, row), execution);
            if (decides(outcome)) {
                return !all;
            }
            unknown |= outcome == null;
            if ((++passed & 0xfff) == 0) {
                execution.checkCancelled();
            }
        }
        return unknown ? UNKNOWN : (Object) all;
    }

    /** Whether one row's comparison settles it: true for ANY, false for ALL. */
    private boolean decides(@Nullable Object outcome) {
        return outcome instanceof Boolean holds && holds != all;
    }
}
