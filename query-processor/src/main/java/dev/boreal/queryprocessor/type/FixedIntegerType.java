package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** A type whose value is a signed Integer: int4 and date in four bytes, int2 in two. */
abstract class FixedIntegerType extends BasicType {
    FixedIntegerType(int oid, String name, String sqlName, int length, char category, int arrayOid) {
        super(oid, name, sqlName, length, category, false, arrayOid);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        sink.writeInt((Integer) value);
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, length());
        return BigEndian.getInt(buffer, offset);
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        out.writeInt((Integer) value ^ Integer.MIN_VALUE);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return BigEndian.getInt(buffer, offset) ^ Integer.MIN_VALUE;
    }

    @Override
    public final boolean fieldOrdered() {
        return true;
    }

    @Override
    public final void encodeKey(Object value, ByteWriter out) {
        encodeField(value, out);
    }

    @Override
    public final int compare(Object a, Object b) {
        return Integer.compare((Integer) a, (Integer) b);
    }

    @Override
    public final int hash(Object value) {
        return Hashing.of((Integer) value);
    }
}
