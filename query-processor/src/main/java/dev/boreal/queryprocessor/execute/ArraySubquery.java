package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** ARRAY(query): the first column of all rows; arrays among them become one of a dimension more. */
public final class ArraySubquery extends Subquery {
    private final SqlType elementType;

    /**
     * Slots as {@link Subquery} says.
     *
     * @param elementType of the plan's only column
     */
    public ArraySubquery(SqlType elementType, Operator plan, int outerSlot, int cacheSlot) {
        super(plan, outerSlot, cacheSlot);
        this.elementType = elementType;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        return result(row, execution);
    }

    @Override
    Object read(Operator.Cursor cursor, @Nullable Object[] row, Execution execution) {
        try (RowBuffer rows = RowBuffer.of(cursor, execution)) {
            @Nullable Object[] elements = new Object[rows.size()];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = rows.get(i)[0];
            }
            return elementType.category() == 'A' ? stack(elements) : SqlArray.of(elementType.oid(), elements);
        }
    }

    private SqlArray stack(@Nullable Object[] arrays) {
        if (arrays.length == 0) {
            return SqlArray.of(elementType.oid());
        }
        if (!(arrays[0] instanceof SqlArray first)) {
            throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
        }
        int size = first.size();
        if (size == 0) {
            throw new SqlException(SqlState.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate empty arrays");
        }
        @Nullable Object[] elements = new Object[Math.multiplyExact(size, arrays.length)];
        for (int i = 0; i < arrays.length; i++) {
            if (!(arrays[i] instanceof SqlArray array)) {
                throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
            }
            if (!Arrays.equals(array.dimensions(), first.dimensions())) {
                throw new SqlException(
                        SqlState.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate arrays of different dimensionality");
            }
            System.arraycopy(array.elements(), 0, elements, i * size, size);
        }
        return new SqlArray(
                first.elementOid(),
                prepend(arrays.length, first.dimensions()),
                prepend(1, first.lowerBounds()),
                elements);
    }

    private static int[] prepend(int value, int[] values) {
        int[] longer = new int[values.length + 1];
        longer[0] = value;
        System.arraycopy(values, 0, longer, 1, values.length);
        return longer;
    }
}
