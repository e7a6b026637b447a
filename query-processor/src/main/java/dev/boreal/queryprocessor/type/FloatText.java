package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Reads and prints float4 and float8 as PostgreSQL does. */
final class FloatText {
    private FloatText() {}

    static double parseDouble(String text, BasicType type) {
        String number = Whitespace.strip(text);
        if (isDecimal(number)) {
            double value = Double.parseDouble(number);
            if (Double.isInfinite(value) || (value == 0 && hasNonzeroDigit(number))) {
                throw outOfRange(number, type);
            }
            return value;
        }
        return parseSpecial(number, text, type);
    }

    static float parseFloat(String text, BasicType type) {
        String number = Whitespace.strip(text);
        if (isDecimal(number)) {
            float value = Float.parseFloat(number);
            if (Float.isInfinite(value) || (value == 0 && hasNonzeroDigit(number))) {
                throw outOfRange(number, type);
            }
            return value;
        }
        return (float) parseSpecial(number, text, type);
    }

    private static double parseSpecial(String number, String text, BasicType type) {
        return switch (number.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> throw type.invalidSyntax(text);
        };
    }

    private static SqlException outOfRange(String number, BasicType type) {
        return new SqlException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "\"" + number + "\" is out of range for type " + type.sqlName());
    }

    /** Whether the text is a sign, digits with a point among them, and an exponent: Java alone would accept more. */
    static boolean isDecimal(String text) {
        int at = 0;
        int end = text.length();
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = 0;
        boolean point = false;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            int firstDigit = at;
            while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return at == end && at > firstDigit;
        }
        return at == end;
    }

    private static boolean hasNonzeroDigit(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                return false;
            }
            if (c >= '1' && c <= '9') {
                return true;
            }
        }
        return false;
    }

    static String format(double value, int extraDigits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        if (extraDigits <= 0) {
            return general(value, Math.max(1, 15 + extraDigits));
        }
        if (value == (long) value && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0)) {
            return Long.toString((long) value);
        }
        return arrange(Double.toString(value), 15, ShortestDigits.of(value));
    }

    static String format(float value, int extraDigits) {
        if (Double.isNaN(value) || Float.isInfinite(value)) {
            return special(value);
        }
        if (extraDigits <= 0) {
            return general(value, Math.max(1, 6 + extraDigits));
        }
        if (value == (int) value && Math.abs(value) < 1e6 && (value != 0 || 1 / value > 0)) {
            return Integer.toString((int) value);
        }
        return arrange(Float.toString(value), 6, ShortestDigits.of(value));
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }

    private static String arrange(String java, int plainBelow, ShortestDigits digits) {
        if (digits.digits().equals("0")) {
            return java.startsWith("-") ? "-0" : "0";
        }
        return arrange(digits.negative(), digits.digits(), digits.exponent(), plainBelow);
    }

    /** Prints 0.d1d2... scaled so that d1 stands at 10^exponent, plainly if the exponent is small. */
    private static String arrange(boolean negative, String digits, int exponent, int plainBelow) {
        StringBuilder out = new StringBuilder(26);
        if (negative) {
            out.append('-');
        }
        if (exponent < -4 || exponent >= plainBelow) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append('e').append(exponent < 0 ? '-' : '+');
            int magnitude = Math.abs(exponent);
            if (magnitude < 10) {
                out.append('0');
            }
            return out.append(magnitude).toString();
        }
        if (exponent < 0) {
            return out.append("0.")
                    .append("0".repeat(-exponent - 1))
                    .append(digits)
                    .toString();
        }
        if (digits.length() <= exponent + 1) {
            return out.append(digits)
                    .append("0".repeat(exponent + 1 - digits.length()))
                    .toString();
        }
        return out.append(digits, 0, exponent + 1)
                .append('.')
                .append(digits, exponent + 1, digits.length())
                .toString();
    }

    /** As C's %.{precision}g. */
    private static String general(double value, int precision) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(precision, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return arrange(value < 0, rounded.unscaledValue().abs().toString(), exponent, precision);
    }
}
