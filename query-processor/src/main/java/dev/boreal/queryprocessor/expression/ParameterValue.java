package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import org.jspecify.annotations.Nullable;

/** {@code $number}. */
public record ParameterValue(int number) implements Scalar {
    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        return execution.parameter(number);
    }
}
