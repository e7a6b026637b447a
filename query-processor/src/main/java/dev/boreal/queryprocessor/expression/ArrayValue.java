package dev.boreal.queryprocessor.expression;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.type.SqlArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** ARRAY[...]: of elements, or of arrays of equal shape. */
public final class ArrayValue implements Scalar {
    private static final String ARRAY_SUBSCRIPT_ERROR = "2202E";

    private final Scalar[] items;
    private final int elementOid;
    private final boolean nested;

    public ArrayValue(Scalar[] items, int elementOid, boolean nested) {
        this.items = items.clone();
        this.elementOid = elementOid;
        this.nested = nested;
    }

    @Override
    public Object evaluate(@Nullable Object[] row, Execution execution) {
        @Nullable Object[] values = new Object[items.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = items[i].evaluate(row, execution);
        }
        return nested ? stack(values) : SqlArray.of(elementOid, values);
    }

    private SqlArray stack(@Nullable Object[] arrays) {
        SqlArray first = null;
        int total = 0;
        for (Object array : arrays) {
            SqlArray inner = (SqlArray) array;
            if (inner == null || (first != null && !Arrays.equals(inner.dimensions(), first.dimensions()))) {
                throw new SqlException(
                        ARRAY_SUBSCRIPT_ERROR,
                        "multidimensional arrays must have array expressions with matching dimensions");
            }
            first = inner;
            total += inner.size();
        }
        if (first == null || total == 0) {
            return SqlArray.of(elementOid);
        }
        int rank = first.dimensions().length + 1;
        int[] dimensions = new int[rank];
        int[] lowerBounds = new int[rank];
        dimensions[0] = arrays.length;
        lowerBounds[0] = 1;
        System.arraycopy(first.dimensions(), 0, dimensions, 1, rank - 1);
        System.arraycopy(first.lowerBounds(), 0, lowerBounds, 1, rank - 1);
        @Nullable Object[] elements = new Object[total];
        int at = 0;
        for (Object array : arrays) {
            if (array instanceof SqlArray inner) {
                System.arraycopy(inner.elements(), 0, elements, at, inner.size());
                at += inner.size();
            }
        }
        return new SqlArray(elementOid, dimensions, lowerBounds, elements);
    }
}
