package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A value of type numeric: a decimal whose scale is its display scale, or NaN, or an infinity. Immutable. Results of
 * arithmetic have the scales that PostgreSQL gives them. Equal means equal in value: 1.0 and 1.00 are equal.
 */
public final class Numeric implements Comparable<Numeric> {
    /** The most digits behind the point. */
    public static final int MAX_SCALE = 16383;
    /** The most digits before the point. */
    public static final int MAX_INTEGER_DIGITS = 131_072;
    /** The most digits behind the point that a computed result shows. */
    public static final int MAX_RESULT_SCALE = 1000;

    private static final int MIN_SIGNIFICANT_DIGITS = 16;
    private static final int BASE_DIGITS = 4;

    public static final Numeric NAN = new Numeric(BigDecimal.ZERO, 2);
    public static final Numeric POSITIVE_INFINITY = new Numeric(BigDecimal.ZERO, 1);
    public static final Numeric NEGATIVE_INFINITY = new Numeric(BigDecimal.ZERO, -1);
    public static final Numeric ZERO = new Numeric(BigDecimal.ZERO, 0);
    public static final Numeric ONE = new Numeric(BigDecimal.ONE, 0);

    private final BigDecimal decimal;
    /** 0 for a finite number, otherwise where it stands among the others: -1, 1, or 2 for NaN. */
    private final int special;

    private Numeric(BigDecimal decimal, int special) {
        this.decimal = decimal;
        this.special = special;
    }

    /** A finite number; a negative scale becomes 0. 22003 if it is too large for the type. */
    public static Numeric of(BigDecimal decimal) {
        BigDecimal shown = decimal.scale() < 0 ? withoutNegativeScale(decimal) : decimal;
        if (shown.scale() > MAX_SCALE) {
            shown = shown.setScale(MAX_SCALE, RoundingMode.HALF_UP);
        }
        if (shown.precision() - shown.scale() > MAX_INTEGER_DIGITS) {
            throw overflow();
        }
        return new Numeric(shown, 0);
    }

    private static BigDecimal withoutNegativeScale(BigDecimal decimal) {
        if (decimal.signum() != 0 && (long) decimal.precision() - decimal.scale() > MAX_INTEGER_DIGITS) {
            throw overflow();
        }
        return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.setScale(0);
    }

    public static Numeric of(long value) {
        return new Numeric(BigDecimal.valueOf(value), 0);
    }

    /** As a cast from float8: 15 significant digits. */
    public static Numeric of(double value) {
        return ofFloating(value, 15);
    }

    /** As a cast from float4: 6 significant digits. */
    public static Numeric of(float value) {
        return ofFloating(value, 6);
    }

    private static Numeric ofFloating(double value, int digits) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
        }
        if (value == 0) {
            return ZERO;
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        return of(rounded);
    }

    /** As the input function, without white space around; null if the text is not a number. 22003 if it is too large. */
    public static @org.jspecify.annotations.Nullable Numeric parse(String text) {
        if (FloatText.isDecimal(text)) {
            return parseDecimal(text);
        }
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "nan" -> NAN;
            case "infinity", "+infinity", "inf", "+inf" -> POSITIVE_INFINITY;
            case "-infinity", "-inf" -> NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static @org.jspecify.annotations.Nullable Numeric parseDecimal(String text) {
        int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (exponentAt < 0) {
            return of(new BigDecimal(text));
        }
        long exponent = 0;
        boolean negative = text.charAt(exponentAt + 1) == '-';
        for (int i = exponentAt + 1; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit >= 0) {
                exponent = Math.min(exponent * 10 + digit, Integer.MAX_VALUE);
            }
        }
        BigDecimal mantissa = new BigDecimal(text.substring(0, exponentAt));
        long scale = mantissa.scale() + (negative ? exponent : -exponent);
        if (scale > MAX_SCALE || (scale < -MAX_INTEGER_DIGITS && mantissa.signum() != 0)) {
            throw overflow();
        }
        if (mantissa.signum() == 0) {
            return new Numeric(BigDecimal.ZERO.setScale(Math.clamp(scale, 0, MAX_SCALE)), 0);
        }
        return of(new BigDecimal(mantissa.unscaledValue(), (int) scale));
    }

    static SqlException overflow() {
        return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }

    public boolean isFinite() {
        return special == 0;
    }

    public boolean isNaN() {
        return special == 2;
    }

    public boolean isInfinite() {
        return special == 1 || special == -1;
    }

    /** The number, with its display scale. Only of a finite number. */
    public BigDecimal decimal() {
        if (special != 0) {
            throw new IllegalStateException("not a finite number: " + this);
        }
        return decimal;
    }

    /** The display scale; 0 of what is not finite. */
    public int scale() {
        return decimal.scale();
    }

    /** -1, 0 or 1; of NaN 0. */
    public int signum() {
        return special == 0 ? decimal.signum() : special == 2 ? 0 : special;
    }

    public Numeric negate() {
        return switch (special) {
            case 0 -> new Numeric(decimal.negate(), 0);
            case 1 -> NEGATIVE_INFINITY;
            case -1 -> POSITIVE_INFINITY;
            default -> this;
        };
    }

    public Numeric abs() {
        return signum() < 0 ? negate() : this;
    }

    public Numeric add(Numeric other) {
        if (special == 0 && other.special == 0) {
            return of(decimal.add(other.decimal));
        }
        if (special == 2 || other.special == 2) {
            return NAN;
        }
        if (special == 0) {
            return other;
        }
        return other.special == 0 || other.special == special ? this : NAN;
    }

    public Numeric subtract(Numeric other) {
        return special == 0 && other.special == 0 ? of(decimal.subtract(other.decimal)) : add(other.negate());
    }

    public Numeric multiply(Numeric other) {
        if (special == 0 && other.special == 0) {
            return of(decimal.multiply(other.decimal));
        }
        if (special == 2 || other.special == 2) {
            return NAN;
        }
        return infinity(signum() * other.signum());
    }

    private static Numeric infinity(int sign) {
        return sign == 0 ? NAN : sign > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
    }

    /** 22012 if {@code other} is zero. */
    public Numeric divide(Numeric other) {
        if (special == 2 || other.special == 2) {
            return NAN;
        }
        if (other.special == 0 && other.decimal.signum() == 0) {
            throw divisionByZero();
        }
        if (special == 0 && other.special == 0) {
            return of(decimal.divide(other.decimal, divisionScale(decimal, other.decimal), RoundingMode.HALF_UP));
        }
        if (special == 0) {
            return ZERO;
        }
        return other.special == 0 ? infinity(special * other.decimal.signum()) : NAN;
    }

    /** The quotient truncated to an integer. 22012 if {@code other} is zero. */
    public Numeric divideTruncating(Numeric other) {
        if (special == 0 && other.special == 0 && other.decimal.signum() != 0) {
            return of(decimal.divideToIntegralValue(other.decimal).setScale(0, RoundingMode.DOWN));
        }
        return divide(other);
    }

    /** What is left of a division truncated toward zero. 22012 if {@code other} is zero. */
    public Numeric remainder(Numeric other) {
        if (special == 2 || other.special == 2) {
            return NAN;
        }
        if (special != 0) {
            if (other.special == 0 && other.decimal.signum() == 0) {
                throw divisionByZero();
            }
            return NAN;
        }
        if (other.special != 0) {
            return this;
        }
        if (other.decimal.signum() == 0) {
            throw divisionByZero();
        }
        return of(decimal.remainder(other.decimal).setScale(Math.max(decimal.scale(), other.decimal.scale())));
    }

    private static SqlException divisionByZero() {
        return new SqlException(SqlState.DIVISION_BY_ZERO, "division by zero");
    }

    /**
     * The scale of a quotient: at least 16 significant digits, and no fewer than either operand shows. PostgreSQL estimates
     * the quotient's magnitude from the operands' leading digits to the base 10000, so we count in that base too.
     */
    private static int divisionScale(BigDecimal dividend, BigDecimal divisor) {
        int weight = baseWeight(dividend) - baseWeight(divisor);
        if (leadingBaseDigit(dividend) <= leadingBaseDigit(divisor)) {
            weight--;
        }
        int scale = MIN_SIGNIFICANT_DIGITS - weight * BASE_DIGITS;
        return Math.min(Math.max(Math.max(scale, 0), Math.max(dividend.scale(), divisor.scale())), MAX_RESULT_SCALE);
    }

    private static int leadingExponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    private static int baseWeight(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.floorDiv(leadingExponent(value), BASE_DIGITS);
    }

    private static int leadingBaseDigit(BigDecimal value) {
        return value.signum() == 0
                ? 0
                : value.abs()
                        .scaleByPowerOfTen(-BASE_DIGITS * baseWeight(value))
                        .setScale(0, RoundingMode.DOWN)
                        .intValue();
    }

    /** Rounds half away from zero; a negative {@code scale} rounds before the point. */
    public Numeric round(int scale) {
        return withScale(scale, RoundingMode.HALF_UP);
    }

    public Numeric truncate(int scale) {
        return withScale(scale, RoundingMode.DOWN);
    }

    public Numeric floor() {
        return withScale(0, RoundingMode.FLOOR);
    }

    public Numeric ceiling() {
        return withScale(0, RoundingMode.CEILING);
    }

    private Numeric withScale(int scale, RoundingMode mode) {
        if (special != 0) {
            return this;
        }
        int limited = Math.clamp(scale, -MAX_INTEGER_DIGITS, MAX_SCALE);
        return of(decimal.setScale(limited, mode));
    }

    public double doubleValue() {
        return special == 0 ? decimal.doubleValue() : special == 2 ? Double.NaN : special * Double.POSITIVE_INFINITY;
    }

    /** The order of the type: by value, infinities outside, NaN above all and equal to itself. */
    @Override
    public int compareTo(Numeric other) {
        return special == 0 && other.special == 0
                ? decimal.compareTo(other.decimal)
                : Integer.compare(special, other.special);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Numeric number && compareTo(number) == 0;
    }

    @Override
    public int hashCode() {
        return Hashing.of(special == 0 ? Double.doubleToLongBits(decimal.doubleValue() + 0.0) : special);
    }

    /** As PostgreSQL prints it. */
    @Override
    public String toString() {
        return switch (special) {
            case 0 -> decimal.toPlainString();
            case 1 -> "Infinity";
            case -1 -> "-Infinity";
            default -> "NaN";
        };
    }

    BigInteger unscaled() {
        return decimal.unscaledValue();
    }
}
