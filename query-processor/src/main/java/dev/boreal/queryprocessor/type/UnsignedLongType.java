package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import java.util.Locale;

/** Eight unsigned bytes in a Long: xid8 in decimal, pg_lsn as two hexadecimal halves. */
final class UnsignedLongType extends BasicType {
    private final boolean halves;

    UnsignedLongType(int oid, String name, int arrayOid, boolean halves) {
        super(oid, name, name, 8, 'U', false, arrayOid);
        this.halves = halves;
    }

    @Override
    public Object parse(String text, TypeContext context) {
        try {
            if (!halves) {
                return Long.parseUnsignedLong(Whitespace.strip(text));
            }
            int slash = text.indexOf('/');
            int behind = text.length() - slash - 1;
            if (slash >= 1 && slash <= 8 && behind >= 1 && behind <= 8 && text.indexOf('+') < 0) {
                long high = Long.parseLong(text.substring(0, slash), 16);
                return (high << 32) | Long.parseLong(text.substring(slash + 1), 16);
            }
        } catch (NumberFormatException e) {
            throw invalidSyntax(text);
        }
        throw invalidSyntax(text);
    }

    @Override
    public String format(Object value, TypeContext context) {
        long bits = (Long) value;
        return halves
                ? (Long.toHexString(bits >>> 32) + "/" + Long.toHexString(bits & 0xffffffffL)).toUpperCase(Locale.ROOT)
                : Long.toUnsignedString(bits);
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
        out.writeLong((Long) value);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return BigEndian.getLong(buffer, offset);
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
        return Long.compareUnsigned((Long) a, (Long) b);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of((Long) value);
    }
}
