package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.Resolution;
import dev.boreal.queryprocessor.function.ScalarFunction;
import dev.boreal.queryprocessor.type.TypeRegistry;
import org.jspecify.annotations.Nullable;

/** Sum and average of intervals. */
public final class IntervalAggregates implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.aggregateOf("sum(interval)", types -> () -> new Sum(false))
                .aggregateOf("avg(interval)", types -> () -> new Sum(true));
    }

    private static final class Sum implements AggregateFunction.State {
        private final boolean average;
        private final ScalarFunction plus = Resolution.operator("+", TypeRegistry.INTERVAL, TypeRegistry.INTERVAL)
                .body();
        private @Nullable Object sum;
        private long count;

        Sum(boolean average) {
            this.average = average;
        }

        @Override
        public void add(EvaluationContext context, @Nullable Object[] arguments) {
            Object value = Arguments.any(arguments, 0);
            Object before = sum;
            sum = before == null ? value : plus.apply(context, new @Nullable Object[] {before, value});
            count++;
        }

        @Override
        public @Nullable Object result(EvaluationContext context) {
            Object total = sum;
            if (total == null || !average) {
                return total;
            }
            ScalarFunction divide = Resolution.operator("/", TypeRegistry.INTERVAL, TypeRegistry.FLOAT8)
                    .body();
            return divide.apply(context, new @Nullable Object[] {total, (double) count});
        }
    }
}
