package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import java.util.UUID;

/** uuid, ordered by its unsigned bytes, which is not Java's order. */
final class UuidType extends BasicType {
    UuidType() {
        super(2950, "uuid", "uuid", 16, 'U', false, 2951);
    }

    /** 32 hexadecimal digits, optionally in braces, with hyphens behind any group of four. */
    @Override
    public Object parse(String text, TypeContext context) {
        boolean braces = text.startsWith("{");
        int at = braces ? 1 : 0;
        int end = text.length();
        long high = 0;
        long low = 0;
        for (int i = 0; i < 32; i++) {
            int digit = at < end && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw invalidSyntax(text);
            }
            at++;
            high = high << 4 | low >>> 60;
            low = low << 4 | digit;
            if (i % 4 == 3 && i < 31 && at < end && text.charAt(at) == '-') {
                at++;
            }
        }
        if (braces) {
            if (at >= end || text.charAt(at) != '}') {
                throw invalidSyntax(text);
            }
            at++;
        }
        if (at != end) {
            throw invalidSyntax(text);
        }
        return new UUID(high, low);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return value.toString();
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        UUID uuid = (UUID) value;
        sink.beginField();
        sink.writeLong(uuid.getMostSignificantBits());
        sink.writeLong(uuid.getLeastSignificantBits());
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 16);
        return decodeField(buffer, offset, count);
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        UUID uuid = (UUID) value;
        out.writeLong(uuid.getMostSignificantBits());
        out.writeLong(uuid.getLeastSignificantBits());
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return new UUID(BigEndian.getLong(buffer, offset), BigEndian.getLong(buffer, offset + 8));
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
        UUID left = (UUID) a;
        UUID right = (UUID) b;
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    @Override
    public int hash(Object value) {
        return Hashing.of(value.hashCode());
    }
}
