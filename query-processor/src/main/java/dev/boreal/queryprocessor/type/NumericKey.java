package dev.boreal.queryprocessor.type;

import java.math.BigDecimal;

/**
 * The key form of numeric. One byte says the kind; of a number other than zero follow the power of ten of its first digit in
 * three bytes, its digits in pairs, each pair as 1 to 100, and a zero byte. Zeros at the end are left out, so
 * the display scale does not matter. Below zero everything behind the kind is complemented.
 */
final class NumericKey {
    private static final int NEGATIVE_INFINITY = 0x08;
    private static final int NEGATIVE = 0x10;
    private static final int ZERO = 0x18;
    private static final int POSITIVE = 0x20;
    private static final int POSITIVE_INFINITY = 0x28;
    private static final int NAN = 0x30;

    private static final int EXPONENT_BIAS = 0x800000;

    private NumericKey() {}

    static void write(Numeric number, ByteWriter out) {
        if (!number.isFinite()) {
            out.writeByte(number.isNaN() ? NAN : number.signum() > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY);
            return;
        }
        BigDecimal decimal = number.decimal();
        if (decimal.signum() == 0) {
            out.writeByte(ZERO);
            return;
        }
        boolean negative = decimal.signum() < 0;
        out.writeByte(negative ? NEGATIVE : POSITIVE);
        int complement = negative ? 0xff : 0;
        int exponent = decimal.precision() - decimal.scale() - 1 + EXPONENT_BIAS;
        out.writeByte((exponent >>> 16) ^ complement);
        out.writeByte((exponent >>> 8) ^ complement);
        out.writeByte(exponent ^ complement);
        String digits = number.unscaled().toString();
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        for (int i = negative ? 1 : 0; i < end; i += 2) {
            int pair = (digits.charAt(i) - '0') * 10 + (i + 1 < end ? digits.charAt(i + 1) - '0' : 0);
            out.writeByte((pair + 1) ^ complement);
        }
        out.writeByte(complement);
    }
}
