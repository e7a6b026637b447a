package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.Numeric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Variance and deviation of integers and numeric, from exact sums. */
final class NumericMoments implements AggregateFunction.State {
    private final FloatMoments.Form form;
    private long count;
    private Numeric sum = Numeric.ZERO;
    private Numeric squares = Numeric.ZERO;

    NumericMoments(FloatMoments.Form form) {
        this.form = form;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        Numeric value = arguments[0] instanceof Numeric numeric ? numeric : Numeric.of(Arguments.bigint(arguments, 0));
        count++;
        sum = sum.add(value);
        squares = squares.add(value.multiply(value));
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        boolean sample = form == FloatMoments.Form.VARIANCE_OF_SAMPLE || form == FloatMoments.Form.DEVIATION_OF_SAMPLE;
        if (count == 0 || (sample && count < 2)) {
            return null;
        }
        if (!sum.isFinite()) {
            return Numeric.NAN;
        }
        Numeric numerator = Numeric.of(count).multiply(squares).subtract(sum.multiply(sum));
        if (numerator.signum() <= 0) {
            return Numeric.ZERO;
        }
        Numeric variance = numerator.divide(Numeric.of(count).multiply(Numeric.of(sample ? count - 1 : count)));
        boolean deviation =
                form == FloatMoments.Form.DEVIATION_OF_SAMPLE || form == FloatMoments.Form.DEVIATION_OF_POPULATION;
        return deviation ? root(variance) : variance;
    }

    private static Numeric root(Numeric variance) {
        BigDecimal decimal = variance.decimal();
        int digits = Math.max(1, decimal.precision() - decimal.scale()) + decimal.scale() + 5;
        return Numeric.of(decimal.sqrt(new MathContext(digits, RoundingMode.HALF_UP))
                .setScale(decimal.scale(), RoundingMode.HALF_UP));
    }
}
