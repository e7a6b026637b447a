package dev.boreal.queryprocessor.function;

import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** How the values of one ORDER BY item follow one another. */
public record Ordering(SqlType type, boolean descending, boolean nullsFirst) {

    public int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            int order = Boolean.compare(a == null, b == null);
            return nullsFirst ? -order : order;
        }
        int order = type.compare(a, b);
        return descending ? -order : order;
    }
}
