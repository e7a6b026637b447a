package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** Four unsigned bytes in an Integer: oid, xid, cid, and the fields of those that print a name instead. */
class UnsignedIntegerType extends BasicType {
    private final boolean ordered;

    /** @param ordered whether the type has a btree order; xid and cid only have equality */
    UnsignedIntegerType(int oid, String name, char category, boolean preferred, int arrayOid, boolean ordered) {
        super(oid, name, name, 4, category, preferred, arrayOid);
        this.ordered = ordered;
    }

    @Override
    public Object parse(String text, TypeContext context) {
        String digits = Whitespace.strip(text);
        boolean signed = !digits.isEmpty() && (digits.charAt(0) == '-' || digits.charAt(0) == '+');
        int start = signed ? 1 : 0;
        if (digits.length() == start) {
            throw invalidSyntax(text);
        }
        long number = 0;
        for (int i = start; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw invalidSyntax(text);
            }
            number = Math.min(number * 10 + digit, 1L << 40);
        }
        if (signed && digits.charAt(0) == '-') {
            number = -number;
        }
        if (number > 0xffffffffL || number < Integer.MIN_VALUE) {
            throw outOfRange(text);
        }
        return (int) number;
    }

    @Override
    public Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        long number = IntegerText.parsePlain(buffer, offset, count);
        if (number >= 0 && number <= 0xffffffffL) {
            return (int) number;
        }
        return parse(Utf8.decodeChecked(buffer, offset, count), context);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return Integer.toUnsignedString((Integer) value);
    }

    @Override
    public void writeText(Object value, FieldSink sink, TypeContext context) {
        sink.decimalField(Integer.toUnsignedLong((Integer) value));
    }

    @Override
    public final void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        sink.writeInt((Integer) value);
        sink.endField();
    }

    @Override
    public final Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 4);
        return BigEndian.getInt(buffer, offset);
    }

    @Override
    public final void encodeField(Object value, ByteWriter out) {
        out.writeInt((Integer) value);
    }

    @Override
    public final Object decodeField(byte[] buffer, int offset, int count) {
        return BigEndian.getInt(buffer, offset);
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
    public final boolean comparable() {
        return ordered;
    }

    @Override
    public final int compare(Object a, Object b) {
        return Integer.compareUnsigned((Integer) a, (Integer) b);
    }

    @Override
    public final int hash(Object value) {
        return Hashing.of((Integer) value);
    }
}
