package dev.boreal.queryprocessor.type;

import java.util.List;

/** time without time zone. */
final class TimeType extends FixedLongType {
    TimeType() {
        super(1083, "time", "time without time zone", 'D', false, 1183);
    }

    @Override
    public String formatName(int typeModifier) {
        return typeModifier < 0 ? sqlName() : "time(" + typeModifier + ") without time zone";
    }

    @Override
    public int typeModifierOf(List<Integer> arguments) {
        return DateTimePrecision.typeModifierOf(arguments, "TIME", "");
    }

    @Override
    public Object applyModifier(Object value, int typeModifier, boolean explicit) {
        return typeModifier < 0 ? value : DateTimePrecision.round((Long) value, typeModifier);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return DateTimeReader.read(text, "time", context, true).timeMicros();
    }

    @Override
    public String format(Object value, TypeContext context) {
        return DateTimeText.time((Long) value);
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        long micros = (Long) super.readBinary(buffer, offset, count, context);
        if (micros < 0 || micros > JulianDay.MICROS_PER_DAY) {
            throw DateTimeErrors.outOfRange("time");
        }
        return micros;
    }
}
