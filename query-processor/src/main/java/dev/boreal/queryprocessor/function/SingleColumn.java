package dev.boreal.queryprocessor.function;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Rows of one column from the values of it. */
public final class SingleColumn implements Iterator<@Nullable Object[]> {
    private final Iterator<? extends @Nullable Object> values;

    public SingleColumn(Iterator<? extends @Nullable Object> values) {
        this.values = values;
    }

    @Override
    public boolean hasNext() {
        return values.hasNext();
    }

    @Override
    public @Nullable Object[] next() {
        return new @Nullable Object[] {values.next()};
    }
}
