package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** Sums of pairs (y, x) for correlation, covariance and least-squares regression. */
final class Regression implements AggregateFunction.State {
    /** What is asked for. */
    enum Form {
        COUNT,
        SXX,
        SYY,
        SXY,
        AVERAGE_X,
        AVERAGE_Y,
        R2,
        SLOPE,
        INTERCEPT,
        COVARIANCE_OF_POPULATION,
        COVARIANCE_OF_SAMPLE,
        CORRELATION
    }

    private final Form form;
    private double n;
    private double sx;
    private double sxx;
    private double sy;
    private double syy;
    private double sxy;

    Regression(Form form) {
        this.form = form;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        double y = Arguments.number(arguments, 0);
        double x = Arguments.number(arguments, 1);
        boolean finiteX = !Double.isInfinite(sx) && !Double.isInfinite(x);
        boolean finiteY = !Double.isInfinite(sy) && !Double.isInfinite(y);
        n++;
        sx += x;
        sy += y;
        if (n > 1) {
            double dx = x * n - sx;
            double dy = y * n - sy;
            double scale = 1 / (n * (n - 1));
            sxx += dx * dx * scale;
            syy += dy * dy * scale;
            sxy += dx * dy * scale;
            sxx = checked(sxx, sx, finiteX);
            syy = checked(syy, sy, finiteY);
            sxy = checked(sxy, 0, finiteX && finiteY);
        } else {
            boolean finite = !Double.isNaN(x + y) && !Double.isInfinite(x) && !Double.isInfinite(y);
            if (!finite) {
                sxx = Double.NaN;
                syy = Double.NaN;
                sxy = Double.NaN;
            }
        }
    }

    /** Infinite inputs make the squares NaN; finite ones must not make them infinite. */
    private static double checked(double squares, double sum, boolean finite) {
        if (!Double.isInfinite(squares) && !Double.isInfinite(sum)) {
            return squares;
        }
        if (finite) {
            throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
        }
        return Double.NaN;
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        if (form == Form.COUNT) {
            return (long) n;
        }
        if (n < 1 || (form == Form.COVARIANCE_OF_SAMPLE && n < 2)) {
            return null;
        }
        return switch (form) {
            case SXX -> sxx;
            case SYY -> syy;
            case SXY -> sxy;
            case AVERAGE_X -> sx / n;
            case AVERAGE_Y -> sy / n;
            case COVARIANCE_OF_POPULATION -> sxy / n;
            case COVARIANCE_OF_SAMPLE -> sxy / (n - 1);
            case CORRELATION -> sxx == 0 || syy == 0 ? null : (Double) (sxy / Math.sqrt(sxx * syy));
            case R2 -> sxx == 0 ? null : syy == 0 ? (Double) 1.0 : (Double) (sxy * sxy / (sxx * syy));
            case SLOPE -> sxx == 0 ? null : (Double) (sxy / sxx);
            case INTERCEPT -> sxx == 0 ? null : (Double) ((sy - sx * sxy / sxx) / n);
            case COUNT -> (long) n;
        };
    }
}
