package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import org.jspecify.annotations.Nullable;

/** A query as a value: the first column of its only row, or NULL if it has none. */
public final class ScalarSubquery extends Subquery {
    private static final @Nullable Object[] NO_ROW = new Object[1];

    /** Slots as {@link Subquery} says. */
    public ScalarSubquery(Operator plan, int outerSlot, int cacheSlot) {
        super(plan, outerSlot, cacheSlot);
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        return ((@Nullable Object[]) result(row, execution))[0];
    }

    @Override
    Object read(Operator.Cursor cursor, @Nullable Object[] row, Execution execution) {
        @Nullable Object[] first = cursor.next();
        if (first == null) {
            return NO_ROW;
        }
        if (cursor.next() != null) {
            throw new SqlException(
                    SqlState.CARDINALITY_VIOLATION, "more than one row returned by a subquery used as an expression");
        }
        return first;
    }
}
