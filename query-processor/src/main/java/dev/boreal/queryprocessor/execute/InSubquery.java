package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** IN and NOT IN over a query, of one value or of a row of several: true, false or NULL as PostgreSQL has it. */
public final class InSubquery extends Subquery {
    private static final Object UNKNOWN = new Object();

    private final Scalar[] left;
    private final SqlType[] types;
    private final boolean negated;

    /**
     * Slots as {@link Subquery} says.
     *
     * @param types of the left values and of the plan's columns, pairwise
     */
    public InSubquery(Scalar[] left, SqlType[] types, Operator plan, boolean negated, int outerSlot, int cacheSlot) {
        super(plan, outerSlot, cacheSlot);
        this.left = left.clone();
        this.types = types.clone();
        this.negated = negated;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        Object result = result(row, execution);
        Object found = result instanceof HashedRows rows ? found(Rows.evaluate(left, row, execution), rows) : result;
        return found instanceof Boolean certain ? (Boolean) (certain != negated) : null;
    }

    @Override
    Object read(Operator.Cursor cursor, @Nullable Object[] row, Execution execution) {
        return cached() ? hash(cursor, execution) : search(Rows.evaluate(left, row, execution), cursor, execution);
    }

    private HashedRows hash(Operator.Cursor cursor, Execution execution) {
        HashedRows rows = new HashedRows(types, execution);
        for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
            rows.add(row, row);
            if ((rows.size() & 0xfff) == 0) {
                execution.checkCancelled();
            }
        }
        return rows;
    }

    /** TRUE, FALSE or {@link #UNKNOWN}, from as many rows as that takes. */
    private Object search(@Nullable Object[] values, Operator.Cursor cursor, Execution execution) {
        boolean unknown = false;
        int passed = 0;
        for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
            if (mayEqual(values, row)) {
                if (!Rows.hasNull(values) && !hasNull(row)) {
                    return true;
                }
                unknown = true;
            }
            if ((++passed & 0xfff) == 0) {
                execution.checkCancelled();
            }
        }
        return unknown ? UNKNOWN : (Object) false;
    }

    private boolean hasNull(@Nullable Object[] row) {
        for (int i = 0; i < types.length; i++) {
            if (row[i] == null) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Boolean found(@Nullable Object[] values, HashedRows rows) {
        if (rows.firstMatch(values) >= 0) {
            return true;
        }
        boolean hasNull = Rows.hasNull(values);
        if (rows.size() == 0 || (!hasNull && rows.rowsWithNull() == 0)) {
            return false;
        }
        if (types.length == 1) {
            return null;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (mayEqual(values, rows.row(i))) {
                return null;
            }
        }
        return false;
    }

    private boolean mayEqual(@Nullable Object[] values, @Nullable Object[] row) {
        for (int i = 0; i < types.length; i++) {
            Object a = values[i];
            Object b = row[i];
            if (a != null && b != null && !types[i].equal(a, b)) {
                return false;
            }
        }
        return true;
    }
}
