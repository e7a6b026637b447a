package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** The least or the greatest value in a type's order. */
final class Extreme implements AggregateFunction.State {
    private final SqlType type;
    private final int sign;
    private @Nullable Object best;

    /** @param sign -1 for the least, 1 for the greatest */
    Extreme(SqlType type, int sign) {
        this.type = type;
        this.sign = sign;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        Object value = Arguments.any(arguments, 0);
        Object current = best;
        if (current == null || Integer.signum(type.compare(value, current)) == sign) {
            best = value;
        }
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        return best;
    }
}
