package dev.boreal.queryprocessor.function.number;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.divisionByZero;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.numeric;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.Numeric;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/** Functions of numeric and of integers. */
public final class NumericFunctions implements FunctionProvider {
    private static final int MAX_FACTORIAL = 32_177;

    @Override
    public void register(Bindings bindings) {
        rounding(bindings);
        powers(bindings);
        integers(bindings);
    }

    private static void rounding(Bindings bindings) {
        bindings.scalar(
                        "ceil(numeric), ceiling(numeric)",
                        (c, a) -> numeric(a, 0).ceiling())
                .scalar("floor(numeric)", (c, a) -> numeric(a, 0).floor())
                .scalar("round(numeric)", (c, a) -> numeric(a, 0).round(0))
                .scalar("round(numeric,int4)", (c, a) -> numeric(a, 0).round(integer(a, 1)))
                .scalar("trunc(numeric)", (c, a) -> numeric(a, 0).truncate(0))
                .scalar("trunc(numeric,int4)", (c, a) -> numeric(a, 0).truncate(integer(a, 1)))
                .scalar(
                        "sign(numeric)",
                        (c, a) -> numeric(a, 0).isNaN()
                                ? Numeric.NAN
                                : Numeric.of((long) numeric(a, 0).signum()))
                .scalar(
                        "scale(numeric)",
                        (c, a) -> numeric(a, 0).isFinite() ? numeric(a, 0).scale() : null)
                .scalar("min_scale(numeric)", (c, a) -> numeric(a, 0).isFinite() ? minimumScale(numeric(a, 0)) : null)
                .scalar(
                        "trim_scale(numeric)",
                        (c, a) -> numeric(a, 0).isFinite() ? numeric(a, 0).round(minimumScale(numeric(a, 0))) : a[0]);
    }

    private static int minimumScale(Numeric value) {
        return Math.max(0, value.decimal().stripTrailingZeros().scale());
    }

    private static void powers(Bindings bindings) {
        bindings.scalar("sqrt(numeric)", (c, a) -> NumericMath.squareRoot(numeric(a, 0)))
                .scalar("exp(numeric)", (c, a) -> NumericMath.exponential(numeric(a, 0)))
                .scalar("ln(numeric)", (c, a) -> NumericMath.naturalLogarithm(numeric(a, 0)))
                .scalar("log(numeric), log10(numeric)", (c, a) -> NumericMath.logarithm(Numeric.of(10L), numeric(a, 0)))
                .scalar("log(numeric,numeric)", (c, a) -> NumericMath.logarithm(numeric(a, 0), numeric(a, 1)))
                .scalar(
                        "power(numeric,numeric), pow(numeric,numeric)",
                        (c, a) -> NumericMath.power(numeric(a, 0), numeric(a, 1)))
                .scalar(
                        "width_bucket(numeric,numeric,numeric,int4)",
                        (c, a) -> widthBucket(numeric(a, 0), numeric(a, 1), numeric(a, 2), integer(a, 3)))
                .scalarOf("width_bucket(anycompatible,anycompatiblearray)", types -> {
                    SqlType type = types.argument(0);
                    return (c, a) -> bucketAmong(type, any(a, 0), (SqlArray) any(a, 1));
                });
    }

    /** How many of the thresholds, which ascend, are not above the operand. */
    private static int bucketAmong(SqlType type, Object operand, SqlArray thresholds) {
        if (thresholds.dimensions().length > 1) {
            throw new SqlException(SqlState.ARRAY_SUBSCRIPT_ERROR, "thresholds must be one-dimensional array");
        }
        int low = 0;
        int high = thresholds.elements().length;
        for (Object threshold : thresholds.elements()) {
            if (threshold == null) {
                throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "thresholds array must not contain NULLs");
            }
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (type.compare(operand, Objects.requireNonNull(thresholds.elements()[middle])) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static int widthBucket(Numeric operand, Numeric low, Numeric high, int count) {
        if (count <= 0) {
            throw new SqlException("2201G", "count must be greater than zero");
        }
        if (operand.isNaN() || low.isNaN() || high.isNaN()) {
            throw new SqlException("2201G", "operand, lower bound, and upper bound cannot be NaN");
        }
        if (low.isInfinite() || high.isInfinite()) {
            throw new SqlException("2201G", "lower and upper bounds must be finite");
        }
        int direction = low.compareTo(high);
        if (direction == 0) {
            throw new SqlException("2201G", "lower bound cannot equal upper bound");
        }
        if (operand.compareTo(low) * -direction < 0) {
            return 0;
        }
        if (operand.compareTo(high) * -direction >= 0) {
            return IntegerArithmetic.checkedInteger(count + 1L);
        }
        BigDecimal share = operand.decimal()
                .subtract(low.decimal())
                .multiply(BigDecimal.valueOf(count))
                .divideToIntegralValue(high.decimal().subtract(low.decimal()));
        return share.intValue() + 1;
    }

    private static void integers(Bindings bindings) {
        bindings.scalar(
                        "gcd(int4,int4)",
                        (c, a) -> IntegerArithmetic.checkedInteger(divisor(integer(a, 0), integer(a, 1))))
                .scalar("gcd(int8,int8)", (c, a) -> divisor(bigint(a, 0), bigint(a, 1)))
                .scalar("gcd(numeric,numeric)", (c, a) -> divisor(numeric(a, 0), numeric(a, 1)))
                .scalar(
                        "lcm(int4,int4)",
                        (c, a) -> IntegerArithmetic.checkedInteger(multiple(integer(a, 0), integer(a, 1))))
                .scalar("lcm(int8,int8)", (c, a) -> multiple(bigint(a, 0), bigint(a, 1)))
                .scalar("lcm(numeric,numeric)", (c, a) -> multiple(numeric(a, 0), numeric(a, 1)))
                .scalar("factorial(int8)", (c, a) -> factorial(bigint(a, 0)));
    }

    private static long divisor(long a, long b) {
        BigInteger divisor = BigInteger.valueOf(a).gcd(BigInteger.valueOf(b));
        if (divisor.bitLength() > 63) {
            throw Arguments.outOfRange("bigint");
        }
        return divisor.longValue();
    }

    private static long multiple(long a, long b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        long result = IntegerArithmetic.product(a / divisor(a, b), b);
        return result < 0 ? IntegerArithmetic.difference(0, result) : result;
    }

    private static Numeric divisor(Numeric a, Numeric b) {
        if (!a.isFinite() || !b.isFinite()) {
            return Numeric.NAN;
        }
        int scale = Math.max(a.scale(), b.scale());
        BigInteger left = a.decimal().setScale(scale).unscaledValue();
        BigInteger right = b.decimal().setScale(scale).unscaledValue();
        return Numeric.of(new BigDecimal(left.gcd(right), scale));
    }

    private static Numeric multiple(Numeric a, Numeric b) {
        if (!a.isFinite() || !b.isFinite()) {
            return Numeric.NAN;
        }
        int scale = Math.max(a.scale(), b.scale());
        if (a.signum() == 0 || b.signum() == 0) {
            return Numeric.of(BigDecimal.ZERO.setScale(scale));
        }
        Numeric divisor = divisor(a, b);
        if (divisor.signum() == 0) {
            throw divisionByZero();
        }
        return a.divideTruncating(divisor).multiply(b).abs().round(scale);
    }

    private static Numeric factorial(long n) {
        if (n < 0) {
            throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "factorial of a negative number is undefined");
        }
        if (n > MAX_FACTORIAL) {
            throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        BigInteger result = BigInteger.ONE;
        for (long i = 2; i <= n; i++) {
            result = result.multiply(BigInteger.valueOf(i));
        }
        return Numeric.of(new BigDecimal(result));
    }
}
