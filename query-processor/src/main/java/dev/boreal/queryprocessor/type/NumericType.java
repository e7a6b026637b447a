package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** numeric. */
final class NumericType extends BasicType {
    private static final int HEADER = 4;
    private static final int MAX_PRECISION = 1000;
    private static final int MAX_SCALE = 1000;

    NumericType() {
        super(1700, "numeric", "numeric", -1, 'N', false, 1231);
    }

    static int precision(int typeModifier) {
        return (typeModifier - HEADER) >> 16;
    }

    /** Eleven bits with a sign. */
    static int scale(int typeModifier) {
        return (((typeModifier - HEADER) & 0x7ff) ^ 1024) - 1024;
    }

    @Override
    public String formatName(int typeModifier) {
        return typeModifier < HEADER
                ? "numeric"
                : "numeric(" + precision(typeModifier) + "," + scale(typeModifier) + ")";
    }

    @Override
    public int typeModifierOf(List<Integer> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid NUMERIC type modifier");
        }
        int precision = arguments.get(0);
        int scale = arguments.size() == 2 ? arguments.get(1) : 0;
        if (precision < 1 || precision > MAX_PRECISION) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "NUMERIC precision " + precision + " must be between 1 and " + MAX_PRECISION);
        }
        if (scale < -MAX_SCALE || scale > MAX_SCALE) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "NUMERIC scale " + scale + " must be between -" + MAX_SCALE + " and " + MAX_SCALE);
        }
        return ((precision << 16) | (scale & 0x7ff)) + HEADER;
    }

    @Override
    public Object applyModifier(Object value, int typeModifier, boolean explicit) {
        Numeric number = (Numeric) value;
        if (typeModifier < HEADER || number.isNaN()) {
            return value;
        }
        int precision = precision(typeModifier);
        int scale = scale(typeModifier);
        if (number.isInfinite()) {
            throw overflow(
                    "A field with precision " + precision + ", scale " + scale + " cannot hold an infinite value.");
        }
        BigDecimal rounded = number.decimal();
        if (rounded.scale() != scale) {
            rounded = rounded.setScale(scale, RoundingMode.HALF_UP);
        }
        if (rounded.signum() != 0 && rounded.precision() - scale > precision - scale) {
            int limit = precision - scale;
            throw overflow("A field with precision " + precision + ", scale " + scale
                    + " must round to an absolute value less than " + (limit == 0 ? "1" : "10^" + limit) + ".");
        }
        return rounded.scale() == number.scale() ? value : Numeric.of(rounded);
    }

    private static SqlException overflow(String detail) {
        return new SqlException(SqlError.error(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow")
                .withDetail(detail));
    }

    @Override
    public Object parse(String text, TypeContext context) {
        Numeric number = Numeric.parse(Whitespace.strip(text));
        if (number == null) {
            throw invalidSyntax(text);
        }
        return number;
    }

    @Override
    public Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        long number = IntegerText.parsePlain(buffer, offset, count);
        if (number != Long.MIN_VALUE) {
            return Numeric.of(number);
        }
        int point = -1;
        long digits = 0;
        boolean negative = count > 0 && buffer[offset] == '-';
        int start = negative ? offset + 1 : offset;
        int end = offset + count;
        if (end - start >= 2 && end - start <= 18) {
            for (int i = start; i < end; i++) {
                int digit = buffer[i] - '0';
                if (digit >= 0 && digit <= 9) {
                    digits = digits * 10 + digit;
                } else if (buffer[i] == '.' && point < 0) {
                    point = i;
                } else {
                    return parse(Utf8.decodeChecked(buffer, offset, count), context);
                }
            }
            if (point >= 0) {
                return Numeric.of(BigDecimal.valueOf(negative ? -digits : digits, end - point - 1));
            }
        }
        return parse(Utf8.decodeChecked(buffer, offset, count), context);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return value.toString();
    }

    @Override
    public void writeText(Object value, FieldSink sink, TypeContext context) {
        byte[] ascii = value.toString().getBytes(StandardCharsets.ISO_8859_1);
        sink.field(ascii, 0, ascii.length);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        NumericBinary.write((Numeric) value, sink);
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        return NumericBinary.read(buffer, offset, count);
    }

    // Field: one byte for what is not finite; else the scale in two bytes and the unscaled number in two's complement.

    @Override
    public void encodeField(Object value, ByteWriter out) {
        Numeric number = (Numeric) value;
        if (!number.isFinite()) {
            out.writeByte(number.isNaN() ? 2 : number.signum());
            return;
        }
        out.writeShort(number.scale());
        out.writeBytes(number.unscaled().toByteArray());
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        if (count == 1) {
            return switch (buffer[offset]) {
                case 2 -> Numeric.NAN;
                case 1 -> Numeric.POSITIVE_INFINITY;
                default -> Numeric.NEGATIVE_INFINITY;
            };
        }
        int scale = BigEndian.getShort(buffer, offset);
        if (count <= 10) {
            long unscaled = buffer[offset + 2];
            for (int i = 3; i < count; i++) {
                unscaled = (unscaled << 8) | (buffer[offset + i] & 0xff);
            }
            return Numeric.of(BigDecimal.valueOf(unscaled, scale));
        }
        return Numeric.of(new BigDecimal(new BigInteger(buffer, offset + 2, count - 2), scale));
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        NumericKey.write((Numeric) value, out);
    }

    @Override
    public int compare(Object a, Object b) {
        return ((Numeric) a).compareTo((Numeric) b);
    }

    @Override
    public int hash(Object value) {
        return value.hashCode();
    }
}
