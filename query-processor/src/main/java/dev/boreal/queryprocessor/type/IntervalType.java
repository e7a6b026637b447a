package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.List;

/** interval. For order and equality a month has 30 days and a day 24 hours. */
final class IntervalType extends BasicType {
    private static final int HEADER_MASK = 0x7fff;
    private static final int FULL_PRECISION = 0xffff;
    private static final long DAYS_PER_MONTH = 30;

    IntervalType() {
        super(1186, "interval", "interval", 16, 'T', true, 1187);
    }

    static int fields(int typeModifier) {
        return typeModifier < 0 ? IntervalFieldMask.FULL : (typeModifier >> 16) & HEADER_MASK;
    }

    static int precision(int typeModifier) {
        int precision = typeModifier & FULL_PRECISION;
        return typeModifier < 0 || precision == FULL_PRECISION ? -1 : precision;
    }

    @Override
    public String formatName(int typeModifier) {
        if (typeModifier < 0) {
            return "interval";
        }
        String fields = IntervalFieldMask.name(fields(typeModifier));
        int precision = precision(typeModifier);
        return "interval" + (fields.isEmpty() ? "" : " " + fields) + (precision < 0 ? "" : "(" + precision + ")");
    }

    @Override
    public int typeModifierOf(List<Integer> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2 || !IntervalFieldMask.isValid(arguments.get(0))) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid INTERVAL type modifier");
        }
        int mask = arguments.get(0);
        if (arguments.size() == 1) {
            return mask == IntervalFieldMask.FULL ? -1 : mask << 16 | FULL_PRECISION;
        }
        int precision = arguments.get(1);
        if (precision < 0) {
            throw new SqlException(
                    SqlState.INVALID_PARAMETER_VALUE, "INTERVAL(" + precision + ") precision must not be negative");
        }
        return mask << 16 | Math.min(precision, DateTimePrecision.MAX);
    }

    @Override
    public Object applyModifier(Object value, int typeModifier, boolean explicit) {
        if (typeModifier < 0) {
            return value;
        }
        Interval cut = IntervalFieldMask.truncate((Interval) value, fields(typeModifier));
        int precision = precision(typeModifier);
        return precision < 0
                ? cut
                : new Interval(cut.months(), cut.days(), DateTimePrecision.round(cut.micros(), precision));
    }

    @Override
    public Object parse(String text, TypeContext context) {
        return IntervalReader.read(text, IntervalFieldMask.FULL, context);
    }

    /** A bare number counts in the last of the modifier's fields: {@code interval '5' year}. */
    @Override
    public Object parseWithModifier(String text, int typeModifier, TypeContext context) {
        return applyModifier(IntervalReader.read(text, fields(typeModifier), context), typeModifier, false);
    }

    @Override
    public String format(Object value, TypeContext context) {
        return IntervalText.format((Interval) value, context.intervalStyle());
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        Interval interval = (Interval) value;
        sink.beginField();
        sink.writeLong(interval.micros());
        sink.writeInt(interval.days());
        sink.writeInt(interval.months());
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 16);
        return decodeField(buffer, offset, count);
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        Interval interval = (Interval) value;
        out.writeLong(interval.micros());
        out.writeInt(interval.days());
        out.writeInt(interval.months());
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return new Interval(
                BigEndian.getInt(buffer, offset + 12),
                BigEndian.getInt(buffer, offset + 8),
                BigEndian.getLong(buffer, offset));
    }

    private static long wholeDays(Interval interval) {
        return interval.months() * DAYS_PER_MONTH
                + interval.days()
                + Math.floorDiv(interval.micros(), JulianDay.MICROS_PER_DAY);
    }

    private static long restOfDay(Interval interval) {
        return Math.floorMod(interval.micros(), JulianDay.MICROS_PER_DAY);
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        Interval interval = (Interval) value;
        out.writeLong(wholeDays(interval) ^ Long.MIN_VALUE);
        out.writeLong(restOfDay(interval));
    }

    @Override
    public int compare(Object a, Object b) {
        int order = Long.compare(wholeDays((Interval) a), wholeDays((Interval) b));
        return order != 0 ? order : Long.compare(restOfDay((Interval) a), restOfDay((Interval) b));
    }

    @Override
    public int hash(Object value) {
        Interval interval = (Interval) value;
        return Hashing.combine(Hashing.of(wholeDays(interval)), Hashing.of(restOfDay(interval)));
    }
}
