package dev.boreal.queryprocessor.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The shortest decimal digits that read back as a floating-point number, and that PostgreSQL therefore prints. Java finds
 * nearly the same ones; it differs in two rare cases. It never gives fewer than two digits, and then prefers the nearest two
 * over a single one. And it accepts a decimal that lies exactly between two numbers where rounding to even leads
 * back; PostgreSQL does not rely on how a reader rounds.
 *
 * @param digits without zeros at the end; "0" for zero
 * @param exponent power of ten of the first digit
 */
record ShortestDigits(boolean negative, String digits, int exponent) {

    static ShortestDigits of(double value) {
        ShortestDigits shortest = ofJava(Double.toString(value));
        if (shortest.digits.length() == 2) {
            shortest = shortest.singleDigit(value, false);
        }
        double magnitude = Math.abs(value);
        boolean even = (Double.doubleToRawLongBits(value) & 1) == 0;
        if (even && magnitude >= 0x1p52 && magnitude < 0x1p160) {
            return shortest.strictlyInside(
                    value < 0,
                    new BigDecimal(magnitude),
                    new BigDecimal(Math.nextDown(magnitude)),
                    new BigDecimal(Math.nextUp(magnitude)));
        }
        return shortest;
    }

    static ShortestDigits of(float value) {
        ShortestDigits shortest = ofJava(Float.toString(value));
        if (shortest.digits.length() == 2) {
            shortest = shortest.singleDigit(value, true);
        }
        float magnitude = Math.abs(value);
        boolean even = (Float.floatToRawIntBits(value) & 1) == 0;
        if (even && (magnitude >= 0x1p23f || magnitude < 0x1p-1f) && magnitude != 0 && magnitude < 0x1p126f) {
            return shortest.strictlyInside(
                    value < 0,
                    new BigDecimal(magnitude),
                    new BigDecimal(Math.nextDown(magnitude)),
                    new BigDecimal(Math.nextUp(magnitude)));
        }
        return shortest;
    }

    private static ShortestDigits ofJava(String text) {
        boolean negative = text.charAt(0) == '-';
        StringBuilder digits = new StringBuilder(20);
        int exponent = 0;
        int integerDigits = -1;
        for (int i = negative ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                integerDigits = digits.length();
            } else if (c == 'E') {
                exponent = Integer.parseInt(text, i + 1, text.length(), 10);
                break;
            } else {
                digits.append(c);
            }
        }
        exponent += integerDigits - 1;
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
            exponent--;
        }
        int end = digits.length();
        while (end > start + 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return new ShortestDigits(negative, digits.substring(start, end), exponent);
    }

    private ShortestDigits singleDigit(double value, boolean single) {
        int tens = digits.charAt(0) - '0';
        int units = digits.charAt(1) - '0';
        int nearest = units >= 5 ? tens + 1 : tens;
        for (int digit : new int[] {nearest, units >= 5 ? tens : tens + 1}) {
            if (digit > 0) {
                String text = (negative ? "-" : "") + digit + "E" + exponent;
                if (single ? Float.parseFloat(text) == value : Double.parseDouble(text) == value) {
                    return digit == 10
                            ? new ShortestDigits(negative, "1", exponent + 1)
                            : new ShortestDigits(negative, Integer.toString(digit), exponent);
                }
            }
        }
        return this;
    }

    private ShortestDigits strictlyInside(boolean sign, BigDecimal exact, BigDecimal below, BigDecimal above) {
        BigDecimal low = exact.add(below).divide(BigDecimal.TWO);
        BigDecimal high = exact.add(above).divide(BigDecimal.TWO);
        BigDecimal candidate = new BigDecimal(new BigInteger(digits), digits.length() - 1 - exponent);
        int precision = digits.length();
        while (candidate.compareTo(low) <= 0 || candidate.compareTo(high) >= 0) {
            candidate = exact.round(new MathContext(precision++, RoundingMode.HALF_EVEN));
        }
        BigDecimal stripped = candidate.stripTrailingZeros();
        return new ShortestDigits(
                sign, stripped.unscaledValue().toString(), stripped.precision() - stripped.scale() - 1);
    }
}
