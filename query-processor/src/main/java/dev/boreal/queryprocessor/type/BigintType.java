package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** int8. */
final class BigintType extends BasicType {
    BigintType() {
        super(20, "int8", "bigint", 8, 'N', false, 1016);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return IntegerText.parse(text, Long.MIN_VALUE, Long.MAX_VALUE, this);
    }

    @Override
    public Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        long number = IntegerText.parsePlain(buffer, offset, count);
        return number != Long.MIN_VALUE ? number : parse(Utf8.decodeChecked(buffer, offset, count), context);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return Long.toString((Long) value);
    }

    @Override
    public void writeText(Object value, FieldSink sink, TypeContext context) {
        sink.decimalField((Long) value);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
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
    public void encodeField(Object value, ByteWriter out) {
        out.writeLong((Long) value ^ Long.MIN_VALUE);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return BigEndian.getLong(buffer, offset) ^ Long.MIN_VALUE;
    }

    @Override
    public boolean fieldOrdered() {
        return true;
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        encodeField(value, out);
    }

    @Override
    public int compare(Object a, Object b) {
        return Long.compare((Long) a, (Long) b);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of((Long) value);
    }
}
