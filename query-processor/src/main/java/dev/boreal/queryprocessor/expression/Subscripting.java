package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.type.SqlArray;
import org.jspecify.annotations.Nullable;

/** An element or a slice of an array; what lies outside is NULL, or an empty slice. */
public final class Subscripting implements Scalar {
    private final Scalar base;
    private final @Nullable Scalar[] lower;
    private final @Nullable Scalar[] upper;
    private final boolean slice;

    /** @param upper the subscripts; of a slice, the upper bounds, where null means the array's own, as in {@code lower} */
    public Subscripting(Scalar base, @Nullable Scalar[] lower, @Nullable Scalar[] upper, boolean slice) {
        this.base = base;
        this.lower = lower.clone();
        this.upper = upper.clone();
        this.slice = slice;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        SqlArray array = (SqlArray) base.evaluate(row, execution);
        if (array == null) {
            return null;
        }
        return slice ? slice(array, row, execution) : element(array, row, execution);
    }

    private @Nullable Object element(SqlArray array, @Nullable Object[] row, Execution execution) {
        int[] dimensions = array.dimensions();
        if (dimensions.length != upper.length) {
            return null;
        }
        int at = 0;
        for (int i = 0; i < upper.length; i++) {
            Scalar bound = upper[i];
            Object subscript = bound == null ? null : bound.evaluate(row, execution);
            if (subscript == null) {
                return null;
            }
            int offset = (Integer) subscript - array.lowerBounds()[i];
            if (offset < 0 || offset >= dimensions[i]) {
                return null;
            }
            at = at * dimensions[i] + offset;
        }
        return array.elements()[at];
    }

    private @Nullable Object slice(SqlArray array, @Nullable Object[] row, Execution execution) {
        int rank = array.dimensions().length;
        if (rank == 0 || upper.length > rank) {
            return SqlArray.of(array.elementOid());
        }
        int[] from = new int[rank];
        int[] lengths = new int[rank];
        int total = 1;
        for (int i = 0; i < rank; i++) {
            int first = array.lowerBounds()[i];
            int last = first + array.dimensions()[i] - 1;
            Integer low = i < lower.length ? bound(lower[i], first, row, execution) : Integer.valueOf(first);
            Integer high = i < upper.length ? bound(upper[i], last, row, execution) : Integer.valueOf(last);
            if (low == null || high == null) {
                return null;
            }
            from[i] = Math.max(low, first) - first;
            lengths[i] = Math.min(high, last) - first - from[i] + 1;
            if (lengths[i] <= 0) {
                return SqlArray.of(array.elementOid());
            }
            total *= lengths[i];
        }
        return copy(array, from, lengths, total);
    }

    private static @Nullable Integer bound(
            @Nullable Scalar bound, int otherwise, @Nullable Object[] row, Execution execution) {
        return bound == null ? Integer.valueOf(otherwise) : (Integer) bound.evaluate(row, execution);
    }

    private static SqlArray copy(SqlArray array, int[] from, int[] lengths, int total) {
        int rank = from.length;
        int[] lowerBounds = new int[rank];
        java.util.Arrays.fill(lowerBounds, 1);
        @Nullable Object[] elements = new Object[total];
        int[] at = new int[rank];
        for (int i = 0; i < total; i++) {
            int source = 0;
            for (int d = 0; d < rank; d++) {
                source = source * array.dimensions()[d] + from[d] + at[d];
            }
            elements[i] = array.elements()[source];
            for (int d = rank - 1; d >= 0 && ++at[d] == lengths[d]; d--) {
                at[d] = 0;
            }
        }
        return new SqlArray(array.elementOid(), lengths, lowerBounds, elements);
    }
}
