package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.Numeric;
import org.jspecify.annotations.Nullable;

/** Sum or average of numeric. */
final class NumericSum implements AggregateFunction.State {
    private final boolean average;
    private long count;
    private Numeric sum = Numeric.ZERO;

    NumericSum(boolean average) {
        this.average = average;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        count++;
        sum = sum.add(Arguments.numeric(arguments, 0));
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        if (count == 0) {
            return null;
        }
        return average ? sum.divide(Numeric.of(count)) : sum;
    }
}
