package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import org.jspecify.annotations.Nullable;

/** A comparison with ANY or ALL rows of a query. */
public final class QuantifiedSubquery extends Subquery {
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
        @Nullable Object[] values = Rows.evaluate(left, row, execution);
        RowBuffer rows = (RowBuffer) result(row, execution);
        try {
            return compare(values, rows, execution);
        } finally {
            if (!cached()) {
                rows.close();
            }
        }
    }

    private @Nullable Boolean compare(@Nullable Object[] values, RowBuffer rows, Execution execution) {
        boolean unknown = false;
        for (int i = 0; i < rows.size(); i++) {
            Object outcome = comparison.evaluate(Rows.concatenate(values, rows.get(i)), execution);
            if (outcome == null) {
                unknown = true;
            } else if (outcome.equals(!all)) {
                return !all;
            }
            if ((i & 0xfff) == 0xfff) {
                execution.checkCancelled();
            }
        }
        return unknown ? null : (Boolean) all;
    }

    @Override
    Object read(Operator.Cursor cursor, Execution execution) {
        return RowBuffer.of(cursor, execution);
    }
}
