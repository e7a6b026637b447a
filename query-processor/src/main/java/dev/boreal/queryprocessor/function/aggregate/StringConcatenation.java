package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** string_agg of text: every value but the first after its own row's delimiter. */
final class StringConcatenation implements AggregateFunction.State {
    private final StringBuilder text = new StringBuilder();
    private boolean any;

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        if (arguments[0] instanceof String value) {
            if (any && arguments[1] instanceof String delimiter) {
                text.append(delimiter);
            }
            any = true;
            text.append(value);
        }
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        return any ? text.toString() : null;
    }

    @Override
    public boolean collects() {
        return true;
    }
}
