package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** int8. */
final class BigintType extends FixedLongType {
    BigintType() {
        super(20, "int8", "bigint", 'N', false, 1016);
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
}
