package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.function.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** A call of any function. */
public final class FunctionValue implements Scalar {
    private final ScalarFunction function;
    private final boolean strict;
    private final Scalar[] arguments;

    public FunctionValue(ScalarFunction function, boolean strict, Scalar[] arguments) {
        this.function = function;
        this.strict = strict;
        this.arguments = arguments.clone();
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        @Nullable Object[] values = new Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            Object value = arguments[i].evaluate(row, execution);
            if (value == null && strict) {
                return null;
            }
            values[i] = value;
        }
        return function.apply(execution.context(), values);
    }
}
