package dev.boreal.queryprocessor.function.format;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.type.Numeric;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A number's digits as a template asks for them, without their sign.
 *
 * @param integerDigits places of the template before the point, with those of V
 * @param fractionDigits places behind the point, or fewer if a floating-point number does not have that many
 * @param leadingSpaces places before the first digit
 */
record NumberDigits(String text, boolean isNegative, int integerDigits, int fractionDigits, int leadingSpaces) {
    private static final int REAL_DIGITS = 6;
    private static final int DOUBLE_DIGITS = 15;
    private static final int LARGEST_ROMAN = 3999;

    /** The character, 0 behind the last one. */
    char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    /** Whether the template is too narrow for it. */
    boolean isOverflow() {
        return charAt(0) == '#';
    }

    private static NumberDigits verbatim(String text) {
        return new NumberDigits(text, false, 0, 0, 0);
    }

    private static NumberDigits of(NumberTemplate template, String signed, int fractionDigits) {
        boolean negative = signed.startsWith("-");
        String text = negative ? signed.substring(1) : signed;
        int integerDigits = template.integerDigits + (template.isShifted ? template.shiftDigits : 0);
        int point = text.indexOf('.');
        int length = point < 0 ? text.length() : point;
        if (length > integerDigits) {
            text = "#".repeat(integerDigits) + "." + "#".repeat(fractionDigits);
        }
        return new NumberDigits(text, negative, integerDigits, fractionDigits, Math.max(0, integerDigits - length));
    }

    static NumberDigits ofInteger(NumberTemplate template, int value) {
        if (template.isRoman) {
            return roman(value);
        }
        if (template.isScientific) {
            return verbatim(scientific(template, BigDecimal.valueOf(value), value < 0, RoundingMode.HALF_EVEN));
        }
        int shifted = template.isShifted ? value * (int) Math.pow(10, template.shiftDigits) : value;
        return of(template, withZeros(Integer.toString(shifted), template.fractionDigits), template.fractionDigits);
    }

    static NumberDigits ofBigint(NumberTemplate template, long value) {
        if (template.isRoman) {
            if ((int) value != value) {
                throw Arguments.outOfRange("integer");
            }
            return roman((int) value);
        }
        if (template.isScientific) {
            return verbatim(exactScientific(template, BigDecimal.valueOf(value)));
        }
        long shifted = value;
        if (template.isShifted) {
            BigInteger product = BigInteger.valueOf(value).multiply(BigInteger.TEN.pow(template.shiftDigits));
            if (product.bitLength() > 63) {
                throw Arguments.outOfRange("bigint");
            }
            shifted = product.longValue();
        }
        return of(template, withZeros(Long.toString(shifted), template.fractionDigits), template.fractionDigits);
    }

    private static String withZeros(String digits, int count) {
        return count == 0 ? digits : digits + "." + "0".repeat(count);
    }

    static NumberDigits ofNumeric(NumberTemplate template, Numeric value) {
        if (template.isRoman) {
            return roman(romanValue(value));
        }
        if (!value.isFinite()) {
            return template.isScientific
                    ? verbatim(noScientific(template))
                    : of(template, value.toString(), template.fractionDigits);
        }
        BigDecimal decimal = value.decimal();
        if (template.isScientific) {
            return verbatim(exactScientific(template, decimal));
        }
        if (template.isShifted) {
            decimal = decimal.movePointRight(template.shiftDigits);
        }
        Numeric rounded = Numeric.of(decimal.setScale(template.fractionDigits, RoundingMode.HALF_UP));
        return of(template, rounded.toString(), template.fractionDigits);
    }

    private static int romanValue(Numeric value) {
        if (!value.isFinite()) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    value.isNaN() ? "cannot convert NaN to integer" : "cannot convert infinity to integer");
        }
        BigDecimal rounded = value.decimal().setScale(0, RoundingMode.HALF_UP);
        if (rounded.unscaledValue().bitLength() > 31) {
            throw Arguments.outOfRange("integer");
        }
        return rounded.intValue();
    }

    static NumberDigits ofReal(NumberTemplate template, float value) {
        double shifted = template.isShifted ? value * (float) Math.pow(10, template.shiftDigits) : value;
        return ofFloating(template, value, shifted, REAL_DIGITS);
    }

    static NumberDigits ofDouble(NumberTemplate template, double value) {
        double shifted = template.isShifted ? value * Math.pow(10, template.shiftDigits) : value;
        return ofFloating(template, value, shifted, DOUBLE_DIGITS);
    }

    private static NumberDigits ofFloating(NumberTemplate template, double value, double shifted, int significant) {
        if (template.isRoman) {
            return roman((int) Math.rint(value));
        }
        boolean infinite = Double.isNaN(value) || Double.isInfinite(value);
        if (template.isScientific) {
            return verbatim(
                    infinite
                            ? noScientific(template)
                            : scientific(template, new BigDecimal(value), isNegative(value), RoundingMode.HALF_EVEN));
        }
        int integerLength = fixed(Math.abs(shifted), 0).length();
        int fraction = Math.min(template.fractionDigits, Math.max(0, significant - integerLength));
        return of(template, fixed(shifted, fraction), fraction);
    }

    private static boolean isNegative(double value) {
        return Math.copySign(1, value) < 0;
    }

    private static String fixed(double value, int fractionDigits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        String sign = isNegative(value) ? "-" : "";
        return sign
                + (Double.isInfinite(value)
                        ? "Infinity"
                        : new BigDecimal(Math.abs(value))
                                .setScale(fractionDigits, RoundingMode.HALF_EVEN)
                                .toPlainString());
    }

    /** What stands for a number that has no exponent. */
    private static String noScientific(NumberTemplate template) {
        return " " + "#".repeat(template.integerDigits) + "." + "#".repeat(template.fractionDigits + 4);
    }

    /** Rounded before its exponent is taken, as C prints floating-point numbers. */
    private static String scientific(NumberTemplate template, BigDecimal value, boolean negative, RoundingMode mode) {
        BigDecimal rounded = value.abs().round(new MathContext(template.fractionDigits + 1, mode));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        return withExponent(rounded.movePointLeft(exponent), template.fractionDigits, exponent, negative);
    }

    /** Rounded after its exponent was taken, so that 9.9 may become 10e+00. */
    private static String exactScientific(NumberTemplate template, BigDecimal value) {
        int exponent = value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
        return withExponent(value.abs().movePointLeft(exponent), template.fractionDigits, exponent, value.signum() < 0);
    }

    private static String withExponent(BigDecimal significand, int fractionDigits, int exponent, boolean negative) {
        String digits =
                significand.setScale(fractionDigits, RoundingMode.HALF_UP).toPlainString();
        String size = Integer.toString(Math.abs(exponent));
        return (negative ? "-" : " ") + digits + "e" + (exponent < 0 ? "-" : "+") + (size.length() < 2 ? "0" : "")
                + size;
    }

    private static NumberDigits roman(int value) {
        if (value < 1 || value > LARGEST_ROMAN) {
            return verbatim("#".repeat(15));
        }
        String[] units = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
        String[] tens = {"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"};
        String[] hundreds = {"", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"};
        return verbatim(
                "M".repeat(value / 1000) + hundreds[value / 100 % 10] + tens[value / 10 % 10] + units[value % 10]);
    }
}
