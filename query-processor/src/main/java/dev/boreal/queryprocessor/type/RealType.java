package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** float4. NaN equals itself and stands above everything; the two zeros are equal. */
final class RealType extends BasicType {
    RealType() {
        super(700, "float4", "real", 4, 'N', false, 1021);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return FloatText.parseFloat(text, this);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return FloatText.format((float) (Float) value, context.extraFloatDigits());
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        sink.writeInt(Float.floatToRawIntBits((Float) value));
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 4);
        return Float.intBitsToFloat(BigEndian.getInt(buffer, offset));
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        out.writeInt(Float.floatToRawIntBits((Float) value));
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return Float.intBitsToFloat(BigEndian.getInt(buffer, offset));
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        int bits = Float.floatToIntBits((Float) value + 0.0f);
        out.writeInt(bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE);
    }

    @Override
    public int compare(Object a, Object b) {
        return Float.compare((Float) a + 0.0f, (Float) b + 0.0f);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of(Double.doubleToLongBits((Float) value + 0.0f));
    }
}
