package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** Sum of real or double precision. */
final class FloatSum implements AggregateFunction.State {
    private final boolean single;
    private boolean any;
    private double sum;

    FloatSum(boolean single) {
        this.single = single;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        double value = Arguments.number(arguments, 0);
        double next = single ? (float) sum + (float) value : sum + value;
        if (Double.isInfinite(next) && !Double.isInfinite(sum) && !Double.isInfinite(value)) {
            throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
        }
        sum = next;
        any = true;
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        if (!any) {
            return null;
        }
        return single ? (Object) (float) sum : (Object) sum;
    }
}
