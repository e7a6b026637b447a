package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import java.nio.charset.StandardCharsets;

/** Types whose value is a String: text itself, and the base of the others. Order is that of the UTF-8 bytes. */
class StringType extends BasicType {
    private final boolean ordered;

    StringType(
            int oid,
            String name,
            String sqlName,
            int length,
            char category,
            boolean preferred,
            int arrayOid,
            boolean ordered) {
        super(oid, name, sqlName, length, category, preferred, arrayOid);
        this.ordered = ordered;
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return text;
    }

    @Override
    public final Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        return parse(Utf8.decodeChecked(buffer, offset, count), context);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return (String) value;
    }

    @Override
    public final void writeText(Object value, FieldSink sink, TypeContext context) {
        sink.textField((String) value);
    }

    @Override
    public final void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.textField((String) value);
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        return parse(buffer, offset, count, context);
    }

    @Override
    public final void encodeField(Object value, ByteWriter out) {
        Utf8.write((String) value, out);
    }

    @Override
    public final Object decodeField(byte[] buffer, int offset, int count) {
        return new String(buffer, offset, count, StandardCharsets.UTF_8);
    }

    @Override
    public boolean fieldOrdered() {
        return ordered;
    }

    @Override
    public boolean fieldIdentifies() {
        return true;
    }

    @Override
    public boolean comparable() {
        return ordered;
    }

    /** Text holds no zero byte, so one ends it. */
    @Override
    public void encodeKey(Object value, ByteWriter out) {
        if (!keyable()) {
            super.encodeKey(value, out);
            return;
        }
        Utf8.write((String) value, out);
        out.writeByte(0);
    }

    @Override
    public int compare(Object a, Object b) {
        return Utf8.compare((String) a, (String) b);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of(value.hashCode());
    }

    @Override
    public boolean equal(Object a, Object b) {
        return a.equals(b);
    }
}
