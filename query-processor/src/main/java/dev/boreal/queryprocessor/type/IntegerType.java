package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** int4, and what int2 shares with it. */
class IntegerType extends FixedIntegerType {
    private final int min;
    private final int max;

    IntegerType() {
        this(23, "int4", "integer", 4, 1007, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    IntegerType(int oid, String name, String sqlName, int length, int arrayOid, int min, int max) {
        super(oid, name, sqlName, length, 'N', arrayOid);
        this.min = min;
        this.max = max;
    }

    @Override
    public final Object parse(String text, TypeContext context) {
        return (int) IntegerText.parse(text, min, max, this);
    }

    @Override
    public final Object parse(byte[] buffer, int offset, int count, TypeContext context) {
        long number = IntegerText.parsePlain(buffer, offset, count);
        if (number >= min && number <= max) {
            return (int) number;
        }
        return parse(Utf8.decodeChecked(buffer, offset, count), context);
    }

    @Override
    public final String format(Object value, TypeContext context) {
        return Integer.toString((Integer) value);
    }

    @Override
    public final void writeText(Object value, FieldSink sink, TypeContext context) {
        sink.decimalField((Integer) value);
    }
}
