package dev.boreal.queryprocessor.function.array;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.type.SqlArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Joins arrays with elements and with one another. */
final class ArrayConcatenation {
    private static final String ARRAY_SUBSCRIPT_ERROR = "2202E";

    private ArrayConcatenation() {}

    static SqlArray append(SqlArray array, @Nullable Object value) {
        requireFlat(array);
        @Nullable Object[] elements = Arrays.copyOf(array.elements(), array.elements().length + 1);
        elements[elements.length - 1] = value;
        int low = array.dimensions().length == 0 ? 1 : array.lowerBounds()[0];
        return new SqlArray(array.elementOid(), new int[] {elements.length}, new int[] {low}, elements);
    }

    static SqlArray prepend(@Nullable Object value, SqlArray array) {
        requireFlat(array);
        @Nullable Object[] elements = new Object[array.elements().length + 1];
        elements[0] = value;
        System.arraycopy(array.elements(), 0, elements, 1, elements.length - 1);
        int low = array.dimensions().length == 0 ? 1 : array.lowerBounds()[0];
        return new SqlArray(array.elementOid(), new int[] {elements.length}, new int[] {low}, elements);
    }

    private static void requireFlat(SqlArray array) {
        if (array.dimensions().length > 1) {
            throw new SqlException("22000", "argument must be empty or one-dimensional array");
        }
    }

    /** Null stands for no array. Arrays whose dimensions differ by one join as outer and inner. */
    static @Nullable Object concatenate(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        SqlArray a = (SqlArray) left;
        SqlArray b = (SqlArray) right;
        if (a.dimensions().length == 0) {
            return b;
        }
        if (b.dimensions().length == 0) {
            return a;
        }
        int difference = a.dimensions().length - b.dimensions().length;
        if (Math.abs(difference) > 1) {
            throw incompatible("Arrays of " + a.dimensions().length + " and " + b.dimensions().length
                    + " dimensions are not compatible for concatenation.");
        }
        SqlArray outer = difference >= 0 ? a : b;
        SqlArray inner = difference >= 0 ? b : a;
        int skip = difference == 0 ? 1 : 0;
        int[] expected = Arrays.copyOfRange(outer.dimensions(), 1, outer.dimensions().length);
        int[] found = Arrays.copyOfRange(inner.dimensions(), skip, inner.dimensions().length);
        if (!Arrays.equals(expected, found)) {
            throw incompatible(
                    difference == 0
                            ? "Arrays with differing element dimensions are not compatible for concatenation."
                            : "Arrays with differing dimensions are not compatible for concatenation.");
        }
        int[] dimensions = outer.dimensions().clone();
        dimensions[0] += difference == 0 ? inner.dimensions()[0] : 1;
        @Nullable Object[] elements = Arrays.copyOf(a.elements(), a.elements().length + b.elements().length);
        System.arraycopy(b.elements(), 0, elements, a.elements().length, b.elements().length);
        return new SqlArray(a.elementOid(), dimensions, outer.lowerBounds(), elements);
    }

    private static SqlException incompatible(String detail) {
        return new SqlException(SqlError.error(ARRAY_SUBSCRIPT_ERROR, "cannot concatenate incompatible arrays")
                .withDetail(detail));
    }
}
