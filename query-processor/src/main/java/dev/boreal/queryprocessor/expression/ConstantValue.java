package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import org.jspecify.annotations.Nullable;

/** The same value for every row. */
public record ConstantValue(@Nullable Object value) implements Scalar {
    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        return value;
    }
}
