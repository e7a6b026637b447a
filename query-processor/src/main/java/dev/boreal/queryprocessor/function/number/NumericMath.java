package dev.boreal.queryprocessor.function.number;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.Numeric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Roots, powers, exponentials and logarithms of numeric, correctly rounded to the scale that PostgreSQL shows: at least 16 significant
 * digits and no fewer than the operand has behind the point.
 */
final class NumericMath {
    private static final String INVALID_POWER = "2201F";
    private static final String INVALID_LOGARITHM = "2201E";
    private static final int SIGNIFICANT_DIGITS = 16;
    private static final double LOG10_E = 0.434294481903252;

    /** So close to 1, a logarithm is about the distance. */
    private static final BigDecimal NEAR_ONE = new BigDecimal("0.1");

    private NumericMath() {}

    static Numeric squareRoot(Numeric value) {
        if (value.isNaN() || (value.isInfinite() && value.signum() > 0)) {
            return value;
        }
        if (value.signum() < 0) {
            throw new SqlException(INVALID_POWER, "cannot take square root of a negative number");
        }
        BigDecimal decimal = value.decimal();
        int baseWeight = decimal.signum() == 0 ? 0 : Math.floorDiv(exponentOf(decimal), 4);
        int weight = Math.floorDiv(baseWeight * 4, 2) + 1;
        int scale = clampScale(Math.max(SIGNIFICANT_DIGITS - weight, decimal.scale()));
        if (decimal.signum() == 0) {
            return Numeric.of(BigDecimal.ZERO.setScale(scale));
        }
        int digits = Math.max(1, exponentOf(decimal) / 2 + 1) + scale + 5;
        return Numeric.of(
                decimal.sqrt(new MathContext(digits, RoundingMode.HALF_UP)).setScale(scale, RoundingMode.HALF_UP));
    }

    private static int exponentOf(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static int clampScale(int scale) {
        return Math.clamp(scale, 0, Numeric.MAX_RESULT_SCALE);
    }

    static Numeric exponential(Numeric value) {
        if (value.isNaN()) {
            return value;
        }
        if (value.isInfinite()) {
            return value.signum() > 0 ? value : Numeric.ZERO;
        }
        BigDecimal decimal = value.decimal();
        double weight = decimal.doubleValue() * LOG10_E;
        if (weight > Numeric.MAX_INTEGER_DIGITS) {
            throw overflow();
        }
        int scale = clampScale(
                Math.max(SIGNIFICANT_DIGITS - (int) Math.max(weight, -Numeric.MAX_RESULT_SCALE), decimal.scale()));
        int digits = Math.max(0, (int) weight) + scale + 8;
        return Numeric.of(exp(decimal, digits).setScale(scale, RoundingMode.HALF_UP));
    }

    private static SqlException overflow() {
        return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }

    static Numeric naturalLogarithm(Numeric value) {
        if (value.isNaN() || (value.isInfinite() && value.signum() > 0)) {
            return value;
        }
        BigDecimal decimal = positive(value);
        int weight = logarithmWeight(decimal);
        int scale = clampScale(Math.max(SIGNIFICANT_DIGITS - weight, decimal.scale()));
        return Numeric.of(ln(decimal, scale + Math.max(weight, 0) + 8).setScale(scale, RoundingMode.HALF_UP));
    }

    private static BigDecimal positive(Numeric value) {
        if (value.signum() == 0) {
            throw new SqlException(INVALID_LOGARITHM, "cannot take logarithm of zero");
        }
        if (value.signum() < 0) {
            throw new SqlException(INVALID_LOGARITHM, "cannot take logarithm of a negative number");
        }
        return value.decimal();
    }

    /** Digits before the point of the natural logarithm, as PostgreSQL estimates them. */
    private static int logarithmWeight(BigDecimal value) {
        BigDecimal distance = value.subtract(BigDecimal.ONE);
        if (distance.abs().compareTo(NEAR_ONE) <= 0) {
            return distance.signum() == 0 ? 0 : exponentOf(distance);
        }
        double approximate = Math.abs(approximateLn(value));
        return approximate == 0 ? 0 : (int) Math.log10(approximate);
    }

    private static double approximateLn(BigDecimal value) {
        BigDecimal distance = value.subtract(BigDecimal.ONE);
        if (distance.abs().compareTo(NEAR_ONE) <= 0) {
            return Math.log1p(distance.doubleValue());
        }
        int exponent = exponentOf(value);
        return Math.log(value.scaleByPowerOfTen(-exponent).doubleValue()) + exponent / LOG10_E;
    }

    static Numeric logarithm(Numeric base, Numeric value) {
        if (base.isNaN() || value.isNaN()) {
            return Numeric.NAN;
        }
        if (base.isInfinite() || value.isInfinite()) {
            return base.isInfinite() ? (value.isInfinite() ? Numeric.NAN : Numeric.ZERO) : value;
        }
        BigDecimal baseDecimal = positive(base);
        BigDecimal decimal = positive(value);
        int weight = logarithmWeight(decimal) - logarithmWeight(baseDecimal);
        int scale = Math.max(SIGNIFICANT_DIGITS - weight, Math.max(baseDecimal.scale(), decimal.scale()));
        scale = clampScale(scale);
        int digits = scale + Math.abs(weight) + 12;
        BigDecimal divisor = ln(baseDecimal, digits);
        if (divisor.signum() == 0) {
            throw new SqlException(SqlState.DIVISION_BY_ZERO, "division by zero");
        }
        return Numeric.of(
                ln(decimal, digits).divide(divisor, new MathContext(digits)).setScale(scale, RoundingMode.HALF_UP));
    }

    static Numeric power(Numeric base, Numeric exponent) {
        if (base.isNaN()) {
            return exponent.signum() == 0 && !exponent.isNaN() ? Numeric.ONE : base;
        }
        if (exponent.isNaN()) {
            return base.compareTo(Numeric.ONE) == 0 ? Numeric.ONE : exponent;
        }
        if (base.signum() == 0 && exponent.signum() < 0) {
            throw new SqlException(INVALID_POWER, "zero raised to a negative power is undefined");
        }
        if (!base.isFinite() || !exponent.isFinite()) {
            return infinitePower(base, exponent);
        }
        BigDecimal b = base.decimal();
        BigDecimal e = exponent.decimal();
        boolean integral = e.stripTrailingZeros().scale() <= 0;
        if (b.signum() < 0 && !integral) {
            throw new SqlException(
                    INVALID_POWER, "a negative number raised to a non-integer power yields a complex result");
        }
        if (integral && e.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return integerPower(b, e.intValue());
        }
        Numeric power = realPower(b.abs(), e);
        return b.signum() < 0 && e.toBigInteger().testBit(0) ? power.negate() : power;
    }

    private static Numeric infinitePower(Numeric base, Numeric exponent) {
        double result = Math.pow(base.doubleValue(), exponent.doubleValue());
        if (base.compareTo(Numeric.ONE) == 0) {
            return Numeric.ONE;
        }
        return Double.isInfinite(result)
                ? (result > 0 ? Numeric.POSITIVE_INFINITY : Numeric.NEGATIVE_INFINITY)
                : Double.isNaN(result) ? Numeric.NAN : Numeric.of((long) result);
    }

    private static int powerScale(BigDecimal base, double weight, int exponentScale) {
        int scale =
                SIGNIFICANT_DIGITS - (int) Math.clamp(weight, -Numeric.MAX_RESULT_SCALE, Numeric.MAX_INTEGER_DIGITS);
        return clampScale(Math.max(scale, Math.max(base.scale(), exponentScale)));
    }

    /** A whole power shows 16 digits behind the point whatever its size. */
    private static Numeric integerPower(BigDecimal base, int exponent) {
        int scale = clampScale(Math.max(SIGNIFICANT_DIGITS, base.scale()));
        if (base.signum() == 0) {
            return Numeric.of((exponent == 0 ? BigDecimal.ONE : BigDecimal.ZERO).setScale(scale));
        }
        double weight = exponent * (approximateLn(base.abs()) * LOG10_E);
        if (weight > Numeric.MAX_INTEGER_DIGITS + 1.0) {
            throw overflow();
        }
        if (weight < -Numeric.MAX_SCALE) {
            return Numeric.of(BigDecimal.ZERO.setScale(scale));
        }
        int digits = (int) Math.abs(weight)
                + scale
                + 12
                + Integer.toString(Math.abs(exponent)).length();
        MathContext context = new MathContext(digits, RoundingMode.HALF_UP);
        BigDecimal result = powerOf(base, Math.abs((long) exponent), context);
        if (exponent < 0) {
            result = BigDecimal.ONE.divide(result, context);
        }
        return Numeric.of(result.setScale(scale, RoundingMode.HALF_UP));
    }

    private static BigDecimal powerOf(BigDecimal base, long exponent, MathContext context) {
        BigDecimal result = BigDecimal.ONE;
        BigDecimal square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = result.multiply(square, context);
            }
            if (left > 1) {
                square = square.multiply(square, context);
            }
        }
        return result;
    }

    private static Numeric realPower(BigDecimal base, BigDecimal exponent) {
        if (base.signum() == 0) {
            return Numeric.of(BigDecimal.ZERO.setScale(SIGNIFICANT_DIGITS));
        }
        double weight = exponent.doubleValue() * approximateLn(base) * LOG10_E;
        if (weight > Numeric.MAX_INTEGER_DIGITS + 1.0) {
            throw overflow();
        }
        int scale = powerScale(base, weight, exponent.scale());
        if (weight < -Numeric.MAX_SCALE) {
            return Numeric.of(BigDecimal.ZERO.setScale(scale));
        }
        int digits = (int) Math.max(0, weight) + scale + 12;
        BigDecimal product = ln(base, digits + 8).multiply(exponent);
        return Numeric.of(exp(product, digits).setScale(scale, RoundingMode.HALF_UP));
    }

    /** e to the power of {@code value}, to about {@code digits} digits: halves the argument until the series is short. */
    private static BigDecimal exp(BigDecimal value, int digits) {
        int halvings = 0;
        BigDecimal reduced = value;
        MathContext context = new MathContext(Math.max(digits, 20) + 20, RoundingMode.HALF_UP);
        BigDecimal two = BigDecimal.valueOf(2);
        while (reduced.abs().compareTo(new BigDecimal("0.01")) > 0) {
            reduced = reduced.divide(two, context);
            halvings++;
        }
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        BigDecimal limit = BigDecimal.ONE.movePointLeft(context.getPrecision());
        for (int i = 1; term.abs().compareTo(limit) > 0; i++) {
            term = term.multiply(reduced, context).divide(BigDecimal.valueOf(i), context);
            sum = sum.add(term, context);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, context);
        }
        return sum;
    }

    /** The natural logarithm, to about {@code digits} digits: takes roots until the series of atanh is short. */
    private static BigDecimal ln(BigDecimal value, int digits) {
        MathContext context = new MathContext(Math.max(digits, 20) + 20, RoundingMode.HALF_UP);
        BigDecimal reduced = value;
        int roots = 0;
        BigDecimal one = BigDecimal.ONE;
        while (reduced.subtract(one).abs().compareTo(new BigDecimal("0.05")) > 0) {
            reduced = reduced.sqrt(context);
            roots++;
        }
        BigDecimal ratio = reduced.subtract(one).divide(reduced.add(one), context);
        BigDecimal square = ratio.multiply(ratio, context);
        BigDecimal power = ratio;
        BigDecimal sum = ratio;
        BigDecimal limit = one.movePointLeft(context.getPrecision());
        for (int i = 3; power.abs().compareTo(limit) > 0; i += 2) {
            power = power.multiply(square, context);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), context), context);
        }
        return sum.multiply(new BigDecimal(BigInteger.TWO.shiftLeft(roots)), context);
    }
}
