package dev.boreal.queryprocessor.execute;

import org.jspecify.annotations.Nullable;

/** EXISTS: whether a query has a row. */
public final class ExistsSubquery extends Subquery {

    /** Slots as {@link Subquery} says. */
    public ExistsSubquery(Operator plan, int outerSlot, int cacheSlot) {
        super(plan, outerSlot, cacheSlot);
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        return result(row, execution);
    }

    @Override
    Object read(Operator.Cursor cursor, @Nullable Object[] row, Execution execution) {
        return cursor.next() != null;
    }
}
