package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** float8. NaN equals itself and stands above everything; the two zeros are equal. */
final class DoubleType extends BasicType {
    DoubleType() {
        super(701, "float8", "double precision", 8, 'N', true, 1022);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return FloatText.parseDouble(text, this);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return FloatText.format((double) (Double) value, context.extraFloatDigits());
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        sink.writeLong(Double.doubleToRawLongBits((Double) value));
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 8);
        return Double.longBitsToDouble(BigEndian.getLong(buffer, offset));
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        out.writeLong(Double.doubleToRawLongBits((Double) value));
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return Double.longBitsToDouble(BigEndian.getLong(buffer, offset));
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        // Adding zero turns -0.0 into 0.0; doubleToLongBits makes all NaNs one.
        long bits = Double.doubleToLongBits((Double) value + 0.0);
        out.writeLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }

    @Override
    public int compare(Object a, Object b) {
        return Double.compare((Double) a + 0.0, (Double) b + 0.0);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of(Double.doubleToLongBits((Double) value + 0.0));
    }
}
