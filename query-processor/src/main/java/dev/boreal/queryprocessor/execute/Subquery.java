package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * An expression that runs a plan. A correlated one puts the current row into an outer slot while the plan runs, and puts
 * back what was there. One whose result is the same throughout an execution keeps what it needs in a shared slot.
 */
abstract class Subquery implements Scalar {
    final Operator plan;
    private final int outerSlot;
    private final int cacheSlot;

    /**
     * @param outerSlot where the plan reads the current row; -1 if it does not
     * @param cacheSlot where the plan's result is kept; -1 to run the plan each time
     */
    Subquery(Operator plan, int outerSlot, int cacheSlot) {
        if (outerSlot >= 0 && cacheSlot >= 0) {
            throw new IllegalArgumentException("a correlated subquery cannot be cached");
        }
        this.plan = plan;
        this.outerSlot = outerSlot;
        this.cacheSlot = cacheSlot;
    }

    public final Operator plan() {
        return plan;
    }

    final boolean cached() {
        return cacheSlot >= 0;
    }

    /** Runs the plan for this row, or takes what an earlier run left in the cache. */
    final Object result(@Nullable Object[] row, Execution execution) {
        if (cacheSlot >= 0) {
            Object known = execution.shared(cacheSlot);
            if (known == null) {
                known = run(row, execution);
                execution.setShared(cacheSlot, known);
            }
            return known;
        }
        if (outerSlot < 0) {
            return run(row, execution);
        }
        @Nullable Object[] before = execution.exchangeOuterRow(outerSlot, row);
        try {
            return run(row, execution);
        } finally {
            execution.exchangeOuterRow(outerSlot, before);
        }
    }

    private Object run(@Nullable Object[] row, Execution execution) {
        try (Operator.Cursor cursor = execution.open(plan)) {
            return read(cursor, row, execution);
        }
    }

    /**
     * What the expression needs of the plan's rows.
     *
     * @param row the current one, on which what is to be cached must not depend
     */
    abstract Object read(Operator.Cursor cursor, @Nullable Object[] row, Execution execution);
}
