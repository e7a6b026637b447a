package dev.boreal.queryprocessor.function.number;

import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.invalid;
import static dev.boreal.queryprocessor.function.Arguments.number;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.function.DoubleUnaryOperator;

/** Functions of double precision. */
public final class FloatFunctions implements FunctionProvider {
    private static final String INVALID_POWER = "2201F";
    private static final String INVALID_LOGARITHM = "2201E";
    private static final String INVALID_WIDTH_BUCKET = "2201G";

    @Override
    public void register(Bindings bindings) {
        unary(bindings, "ceil(float8), ceiling(float8)", Math::ceil);
        unary(bindings, "floor(float8)", Math::floor);
        unary(bindings, "round(float8)", Math::rint);
        unary(bindings, "trunc(float8)", value -> value < 0 ? Math.ceil(value) : Math.floor(value));
        unary(bindings, "sign(float8)", value -> value > 0 ? 1 : value < 0 ? -1 : 0);
        unary(bindings, "sqrt(float8)", FloatFunctions::squareRoot);
        unary(bindings, "cbrt(float8)", Math::cbrt);
        unary(bindings, "exp(float8)", FloatFunctions::exponential);
        unary(bindings, "ln(float8)", value -> Math.log(positive(value)));
        unary(bindings, "log(float8), log10(float8)", value -> Math.log10(positive(value)));
        unary(bindings, "degrees(float8)", value -> value / (Math.PI / 180));
        unary(bindings, "radians(float8)", value -> value * (Math.PI / 180));
        bindings.scalar("power(float8,float8), pow(float8,float8)", (c, a) -> power(number(a, 0), number(a, 1)))
                .scalar("pi()", (c, a) -> Math.PI)
                .scalar("random()", (c, a) -> (c.chance().nextLong() >>> 11) * 0x1.0p-53)
                .scalar("setseed(float8)", (c, a) -> {
                    double seed = number(a, 0);
                    if (!(seed >= -1 && seed <= 1)) {
                        throw invalid("setseed parameter " + TypeRegistry.FLOAT8.format(seed, c)
                                + " is out of allowed range [-1,1]");
                    }
                    c.seed(Double.doubleToLongBits(seed));
                    return "";
                })
                .scalar(
                        "width_bucket(float8,float8,float8,int4)",
                        (c, a) -> widthBucket(number(a, 0), number(a, 1), number(a, 2), integer(a, 3)));
        Trigonometry.register(bindings);
    }

    static void unary(Bindings bindings, String signatures, DoubleUnaryOperator body) {
        bindings.scalar(signatures, (context, a) -> body.applyAsDouble(number(a, 0)));
    }

    static double squareRoot(double value) {
        if (value < 0) {
            throw new SqlException(INVALID_POWER, "cannot take square root of a negative number");
        }
        return Math.sqrt(value);
    }

    private static double positive(double value) {
        if (value == 0) {
            throw new SqlException(INVALID_LOGARITHM, "cannot take logarithm of zero");
        }
        if (value < 0) {
            throw new SqlException(INVALID_LOGARITHM, "cannot take logarithm of a negative number");
        }
        return value;
    }

    private static double exponential(double value) {
        double result = Math.exp(value);
        if (Double.isInfinite(result) && !Double.isInfinite(value)) {
            throw FloatArithmetic.overflow();
        }
        if (result == 0 && !Double.isInfinite(value)) {
            throw FloatArithmetic.underflow();
        }
        return result;
    }

    static double power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw new SqlException(INVALID_POWER, "zero raised to a negative power is undefined");
        }
        if (base < 0 && !Double.isInfinite(base) && !Double.isInfinite(exponent) && Math.rint(exponent) != exponent) {
            throw new SqlException(
                    INVALID_POWER, "a negative number raised to a non-integer power yields a complex result");
        }
        if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
            return 1;
        }
        double result = Math.pow(base, exponent);
        boolean finite = !Double.isInfinite(base) && !Double.isInfinite(exponent);
        if (finite && Double.isInfinite(result)) {
            throw FloatArithmetic.overflow();
        }
        if (finite && result == 0 && base != 0) {
            throw FloatArithmetic.underflow();
        }
        return result;
    }

    private static int widthBucket(double operand, double low, double high, int count) {
        if (count <= 0) {
            throw new SqlException(INVALID_WIDTH_BUCKET, "count must be greater than zero");
        }
        if (Double.isNaN(operand) || Double.isNaN(low) || Double.isNaN(high)) {
            throw new SqlException(INVALID_WIDTH_BUCKET, "operand, lower bound, and upper bound cannot be NaN");
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new SqlException(INVALID_WIDTH_BUCKET, "lower and upper bounds must be finite");
        }
        if (low == high) {
            throw new SqlException(INVALID_WIDTH_BUCKET, "lower bound cannot equal upper bound");
        }
        boolean ascending = low < high;
        if (ascending ? operand < low : operand > low) {
            return 0;
        }
        if (ascending ? operand >= high : operand <= high) {
            return IntegerArithmetic.checkedInteger(count + 1L);
        }
        return (int) (count * ((operand - low) / (high - low))) + 1;
    }
}
