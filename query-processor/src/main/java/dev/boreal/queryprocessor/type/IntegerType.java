package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** int2 and int4. */
final class IntegerType extends BasicType {
    private final int min;
    private final int max;
    private final boolean small;

    IntegerType(int oid, String name, String sqlName, int length, int arrayOid) {
        super(oid, name, sqlName, length, 'N', false, arrayOid);
        small = length == 2;
        min = small ? Short.MIN_VALUE : Integer.MIN_VALUE;
        max = small ? Short.MAX_VALUE : Integer.MAX_VALUE;
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return (int) IntegerText.parse(text, min, max, this);
    }

    @Override
    public Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        long number = IntegerText.parsePlain(buffer, offset, count);
        if (number >= min && number <= max) {
            return (int) number;
        }
        return parse(Utf8.decodeChecked(buffer, offset, count), context);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return Integer.toString((Integer) value);
    }

    @Override
    public void writeText(Object value, FieldSink sink, TypeContext context) {
        sink.decimalField((Integer) value);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        if (small) {
            sink.writeShort((Integer) value);
        } else {
            sink.writeInt((Integer) value);
        }
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, length());
        return small ? (int) BigEndian.getShort(buffer, offset) : BigEndian.getInt(buffer, offset);
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        if (small) {
            out.writeShort((Integer) value ^ 0x8000);
        } else {
            out.writeInt((Integer) value ^ Integer.MIN_VALUE);
        }
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return small
                ? (int) (short) (BigEndian.getShort(buffer, offset) ^ 0x8000)
                : BigEndian.getInt(buffer, offset) ^ Integer.MIN_VALUE;
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
        return Integer.compare((Integer) a, (Integer) b);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of((Integer) value);
    }
}
