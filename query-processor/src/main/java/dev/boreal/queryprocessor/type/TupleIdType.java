package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** tid: a block number and a line in it, in one Long. */
final class TupleIdType extends BasicType {
    TupleIdType() {
        super(27, "tid", "tid", 6, 'U', false, 1010);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        String inner = Whitespace.strip(text);
        int comma = inner.indexOf(',');
        if (comma < 2 || inner.charAt(0) != '(' || inner.charAt(inner.length() - 1) != ')') {
            throw invalidSyntax(text);
        }
        long block = number(inner.substring(1, comma), 0xffffffffL, text);
        return block << 16 | number(inner.substring(comma + 1, inner.length() - 1), 0xffff, text);
    }

    private long number(String digits, long max, String text) {
        if (digits.isEmpty() || digits.length() > 10) {
            throw invalidSyntax(text);
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!DateTimeTokens.isDigit(digits.charAt(i))) {
                throw invalidSyntax(text);
            }
        }
        long value = Long.parseLong(digits);
        if (value > max) {
            throw invalidSyntax(text);
        }
        return value;
    }

    @Override
    public String format(Object value, TypeContext context) {
        long bits = (Long) value;
        return "(" + (bits >>> 16) + "," + (bits & 0xffff) + ")";
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        long bits = (Long) value;
        sink.beginField();
        sink.writeInt((int) (bits >>> 16));
        sink.writeShort((int) bits & 0xffff);
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 6);
        return decodeField(buffer, offset, count);
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        long bits = (Long) value;
        out.writeInt((int) (bits >>> 16));
        out.writeShort((int) bits & 0xffff);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return (BigEndian.getInt(buffer, offset) & 0xffffffffL) << 16
                | (BigEndian.getShort(buffer, offset + 4) & 0xffffL);
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
