package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;

/** jsonb. */
final class JsonbType extends BasicType {
    private static final int VERSION = 1;

    JsonbType() {
        super(3802, "jsonb", "jsonb", -1, 'U', false, 3807);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return Jsonb.parse(text);
    }

    @Override
    public Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        return Jsonb.parse(Utf8.decodeChecked(buffer, offset, count));
    }

    @Override
    public String format(Object value, TypeContext context) {
        return value.toString();
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        sink.beginField();
        sink.writeByte(VERSION);
        sink.writeBytes(text, 0, text.length);
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        if (count < 1) {
            throw BigEndian.insufficientData();
        }
        if (buffer[offset] != VERSION) {
            throw new SqlException(
                    SqlState.INTERNAL_ERROR, "unsupported jsonb version number " + (buffer[offset] & 0xff));
        }
        return parse(buffer, offset + 1, count - 1, context);
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        Utf8.write(value.toString(), out);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return Jsonb.parse(new String(buffer, offset, count, StandardCharsets.UTF_8));
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        JsonOrder.encodeKey((Jsonb) value, out);
    }

    @Override
    public int compare(Object a, Object b) {
        return JsonOrder.compare((Jsonb) a, (Jsonb) b);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of(value.hashCode());
    }
}
