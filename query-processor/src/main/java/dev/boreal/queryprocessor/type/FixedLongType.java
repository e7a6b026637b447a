package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** A type whose value is a signed Long of fixed width: int8, times and timestamps. */
abstract class FixedLongType extends BasicType {
    FixedLongType(int oid, String name, String sqlName, char category, boolean preferred, int arrayOid) {
        super(oid, name, sqlName, 8, category, preferred, arrayOid);
    }

    @Override
    public final void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        sink.writeLong((Long) value);
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 8);
        return BigEndian.getLong(buffer, offset);
    }

    @Override
    public final void encodeField(Object value, ByteWriter out) {
        out.writeLong((Long) value ^ Long.MIN_VALUE);
    }

    @Override
    public final Object decodeField(byte[] buffer, int offset, int count) {
        return BigEndian.getLong(buffer, offset) ^ Long.MIN_VALUE;
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
        return Long.compare((Long) a, (Long) b);
    }

    @Override
    public final int hash(Object value) {
        return Hashing.of((Long) value);
    }
}
