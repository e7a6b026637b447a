package dev.boreal.queryprocessor.type;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value of an array type. Elements lie in row-major order. Who makes one hands its arrays over and changes them no more.
 *
 * @param elementOid type of the elements
 * @param dimensions length of each dimension; none for an empty array
 * @param lowerBounds as many as dimensions
 */
public record SqlArray(
        int elementOid,
        int[] dimensions,
        int[] lowerBounds,
        @Nullable Object[] elements) {
    private static final int[] NONE = {};

    public SqlArray {
        if (dimensions.length != lowerBounds.length) {
            throw new IllegalArgumentException(
                    dimensions.length + " dimensions, " + lowerBounds.length + " lower bounds");
        }
    }

    /** An array of one dimension that begins at 1; without elements, of none. */
    public static SqlArray of(int elementOid, @Nullable Object... elements) {
        return elements.length == 0
                ? new SqlArray(elementOid, NONE, NONE, elements)
                : new SqlArray(elementOid, new int[] {elements.length}, new int[] {1}, elements);
    }

    public int size() {
        return elements.length;
    }

    /** Field by field, by the elements' Java equality; the type's own equality is {@link SqlType#equal}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SqlArray array
                && elementOid == array.elementOid
                && Arrays.equals(dimensions, array.dimensions)
                && Arrays.equals(lowerBounds, array.lowerBounds)
                && Arrays.deepEquals(elements, array.elements);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(dimensions) + Arrays.deepHashCode(elements);
    }

    @Override
    public String toString() {
        return "SqlArray" + Arrays.toString(dimensions) + Arrays.deepToString(elements);
    }
}
