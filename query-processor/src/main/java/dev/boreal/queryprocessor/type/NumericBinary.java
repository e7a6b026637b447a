package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;

/** The wire form of numeric: how many digits to the base 10000, weight of the first, sign, display scale, digits. */
final class NumericBinary {
    private static final int BASE_DIGITS = 4;
    private static final int SIGN_POSITIVE = 0x0000;
    private static final int SIGN_NEGATIVE = 0x4000;
    private static final int SIGN_NAN = 0xC000;
    private static final int SIGN_POSITIVE_INFINITY = 0xD000;
    private static final int SIGN_NEGATIVE_INFINITY = 0xF000;

    /** What PostgreSQL sends as the display scale of an infinity; nobody reads it. */
    private static final int SCALE_OF_INFINITY = 0x20;

    private NumericBinary() {}

    static void write(Numeric number, FieldSink sink) {
        sink.beginField();
        if (!number.isFinite()) {
            sink.writeShort(0);
            sink.writeShort(0);
            sink.writeShort(
                    number.isNaN() ? SIGN_NAN : number.signum() > 0 ? SIGN_POSITIVE_INFINITY : SIGN_NEGATIVE_INFINITY);
            sink.writeShort(number.isNaN() ? 0 : SCALE_OF_INFINITY);
        } else {
            writeFinite(number.decimal(), sink);
        }
        sink.endField();
    }

    private static void writeFinite(BigDecimal decimal, FieldSink sink) {
        int scale = decimal.scale();
        int padding = Math.floorMod(-scale, BASE_DIGITS);
        String digits = decimal.unscaledValue().abs().toString() + "0".repeat(padding);
        digits = "0".repeat(Math.floorMod(-digits.length(), BASE_DIGITS)) + digits;
        int groups = digits.length() / BASE_DIGITS;
        int weight = groups - 1 - (scale + padding) / BASE_DIGITS;
        int first = 0;
        while (first < groups && group(digits, first) == 0) {
            first++;
        }
        int end = groups;
        while (end > first && group(digits, end - 1) == 0) {
            end--;
        }
        boolean zero = first == end;
        sink.writeShort(end - first);
        sink.writeShort(zero ? 0 : weight - first);
        sink.writeShort(decimal.signum() < 0 ? SIGN_NEGATIVE : SIGN_POSITIVE);
        sink.writeShort(scale);
        for (int i = first; i < end; i++) {
            sink.writeShort(group(digits, i));
        }
    }

    private static int group(String digits, int index) {
        return Integer.parseInt(digits, index * BASE_DIGITS, (index + 1) * BASE_DIGITS, 10);
    }

    static Numeric read(byte[] buffer, int offset, int count) {
        if (count < 8) {
            throw BigEndian.insufficientData();
        }
        int groups = BigEndian.getShort(buffer, offset) & 0xffff;
        int weight = BigEndian.getShort(buffer, offset + 2);
        int sign = BigEndian.getShort(buffer, offset + 4) & 0xffff;
        int scale = BigEndian.getShort(buffer, offset + 6) & 0xffff;
        BigEndian.requireLength(count, 8 + 2 * groups);
        switch (sign) {
            case SIGN_NAN -> {
                return Numeric.NAN;
            }
            case SIGN_POSITIVE_INFINITY -> {
                return Numeric.POSITIVE_INFINITY;
            }
            case SIGN_NEGATIVE_INFINITY -> {
                return Numeric.NEGATIVE_INFINITY;
            }
            case SIGN_POSITIVE, SIGN_NEGATIVE -> {}
            default -> throw invalid("sign");
        }
        if (scale > Numeric.MAX_SCALE) {
            throw invalid("scale");
        }
        StringBuilder digits = new StringBuilder(groups * BASE_DIGITS + 1);
        for (int i = 0; i < groups; i++) {
            int digit = BigEndian.getShort(buffer, offset + 8 + 2 * i);
            if (digit < 0 || digit >= 10_000) {
                throw invalid("digit");
            }
            String text = Integer.toString(digit);
            digits.append("0".repeat(BASE_DIGITS - text.length())).append(text);
        }
        BigInteger unscaled = groups == 0 ? BigInteger.ZERO : new BigInteger(digits.toString());
        BigDecimal decimal = new BigDecimal(
                        sign == SIGN_NEGATIVE ? unscaled.negate() : unscaled, (groups - 1 - weight) * BASE_DIGITS)
                .setScale(scale, java.math.RoundingMode.DOWN);
        return Numeric.of(decimal);
    }

    private static SqlException invalid(String what) {
        return new SqlException(
                SqlState.INVALID_BINARY_REPRESENTATION, "invalid " + what + " in external \"numeric\" value");
    }
}
