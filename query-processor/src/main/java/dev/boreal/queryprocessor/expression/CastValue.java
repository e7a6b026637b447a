package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.function.CastFunction;
import org.jspecify.annotations.Nullable;

/** A cast; NULL stays NULL. */
public record CastValue(Scalar operand, CastFunction cast) implements Scalar {
    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        Object value = operand.evaluate(row, execution);
        return value == null ? null : cast.cast(execution.context(), value);
    }
}
