package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** Counts the calls of add. */
final class CountAggregate implements AggregateFunction.State {
    private long count;

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        count++;
    }

    @Override
    public Object result(EvaluationContext context) {
        return count;
    }
}
