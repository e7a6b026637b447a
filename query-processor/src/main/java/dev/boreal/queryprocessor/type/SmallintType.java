package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** int2: an int4 in two bytes. */
final class SmallintType extends IntegerType {
    private static final int SIGN = 0x8000;

    SmallintType() {
        super(21, "int2", "smallint", 2, 1005, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        sink.writeShort((Integer) value);
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, length());
        return (int) BigEndian.getShort(buffer, offset);
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        out.writeShort((Integer) value ^ SIGN);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return (int) (short) (BigEndian.getShort(buffer, offset) ^ SIGN);
    }
}
