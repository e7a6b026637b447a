package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import java.util.Locale;

/** bool. */
final class BooleanType extends BasicType {
    private static final byte[] TRUE = {'t'};
    private static final byte[] FALSE = {'f'};

    BooleanType() {
        super(16, "bool", "boolean", 1, 'B', true, 1000);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        String word = Whitespace.strip(text).toLowerCase(Locale.ROOT);
        if (!word.isEmpty()) {
            if ("true".startsWith(word) || "yes".startsWith(word) || word.equals("on") || word.equals("1")) {
                return true;
            }
            boolean off = word.length() >= 2 && "off".startsWith(word);
            if ("false".startsWith(word) || "no".startsWith(word) || off || word.equals("0")) {
                return false;
            }
        }
        throw invalidSyntax(text);
    }

    @Override
    public Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        if (count == 1) {
            switch (buffer[offset]) {
                case 't', '1' -> {
                    return true;
                }
                case 'f', '0' -> {
                    return false;
                }
                default -> {}
            }
        }
        return parse(Utf8.decodeChecked(buffer, offset, count), context);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return (Boolean) value ? "t" : "f";
    }

    @Override
    public void writeText(Object value, FieldSink sink, TypeContext context) {
        sink.field((Boolean) value ? TRUE : FALSE, 0, 1);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        sink.writeByte((Boolean) value ? 1 : 0);
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 1);
        return buffer[offset] != 0;
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        out.writeByte((Boolean) value ? 1 : 0);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return buffer[offset] != 0;
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
        return Boolean.compare((Boolean) a, (Boolean) b);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of((Boolean) value ? 1 : 0);
    }
}
