package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** Average, variance and deviation of floats by Youngs and Cramer's updating (Communications of the ACM, 1971). */
final class FloatMoments implements AggregateFunction.State {
    /** What is asked for. */
    enum Form {
        AVERAGE,
        VARIANCE_OF_POPULATION,
        VARIANCE_OF_SAMPLE,
        DEVIATION_OF_POPULATION,
        DEVIATION_OF_SAMPLE
    }

    private final Form form;
    private double count;
    private double sum;
    private double squares;

    FloatMoments(Form form) {
        this.form = form;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        double value = Arguments.number(arguments, 0);
        boolean finite = !Double.isInfinite(sum) && !Double.isInfinite(value);
        count++;
        sum += value;
        if (count > 1) {
            double distance = value * count - sum;
            squares += distance * distance / (count * (count - 1));
            if (Double.isInfinite(sum) || Double.isInfinite(squares)) {
                if (finite) {
                    throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
                }
                squares = Double.NaN;
            }
        } else if (Double.isNaN(value) || Double.isInfinite(value)) {
            squares = Double.NaN;
        }
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        boolean sample = form == Form.VARIANCE_OF_SAMPLE || form == Form.DEVIATION_OF_SAMPLE;
        if (count == 0 || (sample && count < 2)) {
            return null;
        }
        return switch (form) {
            case AVERAGE -> sum / count;
            case VARIANCE_OF_POPULATION -> squares / count;
            case VARIANCE_OF_SAMPLE -> squares / (count - 1);
            case DEVIATION_OF_POPULATION -> Math.sqrt(squares / count);
            case DEVIATION_OF_SAMPLE -> Math.sqrt(squares / (count - 1));
        };
    }
}
