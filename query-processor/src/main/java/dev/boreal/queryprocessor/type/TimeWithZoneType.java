package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;
import java.util.List;

/** time with time zone: ordered by the moment in Greenwich, then by the zone. */
final class TimeWithZoneType extends BasicType {
    private static final int MAX_ZONE_SECONDS = 16 * 3600;

    TimeWithZoneType() {
        super(1266, "timetz", "time with time zone", 12, 'D', false, 1270);
    }

    @Override
    public String formatName(int typeModifier) {
        return typeModifier < 0 ? sqlName() : "time(" + typeModifier + ") with time zone";
    }

    @Override
    public int typeModifierOf(List<Integer> arguments) {
        return DateTimePrecision.typeModifierOf(arguments, "TIME", " WITH TIME ZONE");
    }

    @Override
    public Object applyModifier(Object value, int typeModifier, boolean explicit) {
        TimeWithZone time = (TimeWithZone) value;
        return typeModifier < 0
                ? value
                : new TimeWithZone(DateTimePrecision.round(time.micros(), typeModifier), time.zoneSeconds());
    }

    @Override
    public Object parse(String text, TypeContext context) {
        DateTimeFields fields = DateTimeReader.read(text, sqlName(), context, true);
        long local = fields.timeMicros();
        long moment;
        if (fields.hasDate()) {
            moment = fields.localMicros();
        } else {
            // Without a date the offset is the one of today.
            long now = context.transactionTimestampMicros();
            long localNow = now + TimeZones.offsetAt(context.timeZone(), now) * 1_000_000L;
            moment = Math.floorDiv(localNow, JulianDay.MICROS_PER_DAY) * JulianDay.MICROS_PER_DAY + local;
        }
        return new TimeWithZone(local, -fields.offsetOfLocal(moment));
    }

    @Override
    public String format(Object value, TypeContext context) {
        return DateTimeText.timeWithZone((TimeWithZone) value);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        TimeWithZone time = (TimeWithZone) value;
        sink.beginField();
        sink.writeLong(time.micros());
        sink.writeInt(time.zoneSeconds());
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 12);
        TimeWithZone time = (TimeWithZone) decodeField(buffer, offset, count);
        if (time.micros() < 0 || time.micros() > JulianDay.MICROS_PER_DAY) {
            throw DateTimeErrors.outOfRange("time");
        }
        if (Math.abs((long) time.zoneSeconds()) >= MAX_ZONE_SECONDS) {
            throw new dev.boreal.contracts.sql.SqlException("22009", "time zone displacement out of range");
        }
        return time;
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        TimeWithZone time = (TimeWithZone) value;
        out.writeLong(time.micros());
        out.writeInt(time.zoneSeconds());
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return new TimeWithZone(BigEndian.getLong(buffer, offset), BigEndian.getInt(buffer, offset + 8));
    }

    @Override
    public boolean fieldIdentifies() {
        return true;
    }

    @Override
    public void encodeKey(Object value, ByteWriter out) {
        TimeWithZone time = (TimeWithZone) value;
        out.writeLong(time.utcMicros() ^ Long.MIN_VALUE);
        out.writeInt(time.zoneSeconds() ^ Integer.MIN_VALUE);
    }

    @Override
    public int compare(Object a, Object b) {
        TimeWithZone left = (TimeWithZone) a;
        TimeWithZone right = (TimeWithZone) b;
        int order = Long.compare(left.utcMicros(), right.utcMicros());
        return order != 0 ? order : Integer.compare(left.zoneSeconds(), right.zoneSeconds());
    }

    @Override
    public int hash(Object value) {
        TimeWithZone time = (TimeWithZone) value;
        return Hashing.combine(Hashing.of(time.micros()), time.zoneSeconds());
    }
}
