package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One item of ORDER BY. */
public record SortKey(Scalar expression, SqlType type, boolean descending, boolean nullsFirst) {

    /** Compares two values of the expression as ORDER BY puts them. */
    public int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            if (a == null && b == null) {
                return 0;
            }
            return (a == null) == nullsFirst ? -1 : 1;
        }
        return descending ? type.compare(b, a) : type.compare(a, b);
    }

    /** Compares what {@link #values} gave for two rows. */
    static int compare(SortKey[] keys, @Nullable Object[] a, @Nullable Object[] b) {
        for (int i = 0; i < keys.length; i++) {
            int order = keys[i].compare(a[i], b[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The keys' values for a row, followed by room for {@code spare} more. */
    static @Nullable Object[] values(SortKey[] keys, @Nullable Object[] row, Execution execution, int spare) {
        @Nullable Object[] values = new Object[keys.length + spare];
        for (int i = 0; i < keys.length; i++) {
            values[i] = keys[i].expression.evaluate(row, execution);
        }
        return values;
    }

    static SortKey[] array(List<SortKey> keys) {
        return keys.toArray(SortKey[]::new);
    }
}
