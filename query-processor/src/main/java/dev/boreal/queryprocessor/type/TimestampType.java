package dev.boreal.queryprocessor.type;

import java.util.List;

/** timestamp with and without time zone. The one with a zone counts in UTC and prints in the session's zone. */
final class TimestampType extends FixedLongType {
    /** 4714-11-24 00:00:00 BC. */
    static final long MIN = -211_813_488_000_000_000L;
    /** The first moment behind the range: 294277-01-01. */
    static final long END = 9_223_371_331_200_000_000L;

    private final boolean zoned;

    TimestampType(boolean zoned) {
        super(
                zoned ? 1184 : 1114,
                zoned ? "timestamptz" : "timestamp",
                zoned ? "timestamp with time zone" : "timestamp without time zone",
                'D',
                zoned,
                zoned ? 1185 : 1115);
        this.zoned = zoned;
    }

    static boolean inRange(long micros) {
        return micros >= MIN && micros < END;
    }

    @Override
    public String formatName(int typeModifier) {
        return typeModifier < 0
                ? sqlName()
                : "timestamp(" + typeModifier + (zoned ? ") with time zone" : ") without time zone");
    }

    @Override
    public int typeModifierOf(List<Integer> arguments) {
        return DateTimePrecision.typeModifierOf(arguments, "TIMESTAMP", zoned ? " WITH TIME ZONE" : "");
    }

    @Override
    public Object applyModifier(Object value, int typeModifier, boolean explicit) {
        long micros = (Long) value;
        if (typeModifier < 0 || micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return value;
        }
        return DateTimePrecision.round(micros, typeModifier);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        long plain = IsoTimestamp.parse(text);
        if (plain != IsoTimestamp.OTHER) {
            return zoned ? plain - TimeZones.offsetOfLocal(context.timeZone(), plain) * 1_000_000L : plain;
        }
        // Unlike other types', this one's messages name the zoned type in full and the other in short.
        String errorName = zoned ? "timestamp with time zone" : "timestamp";
        DateTimeFields fields = DateTimeReader.read(text, errorName, context, false);
        switch (fields.special()) {
            case DateTimeWords.LATE -> {
                return Long.MAX_VALUE;
            }
            case DateTimeWords.EARLY -> {
                return Long.MIN_VALUE;
            }
            case DateTimeWords.EPOCH -> {
                return (JulianDay.UNIX_EPOCH - JulianDay.POSTGRES_EPOCH) * JulianDay.MICROS_PER_DAY;
            }
            default -> {}
        }
        if (!fields.validDate() || fields.julianDay() - (long) JulianDay.POSTGRES_EPOCH > 106_751_991L) {
            throw DateTimeErrors.outOfRange("timestamp", text);
        }
        long micros = fields.localMicros();
        if (zoned) {
            micros -= fields.offsetOfLocal(micros) * 1_000_000L;
        }
        if (!inRange(micros)) {
            throw DateTimeErrors.outOfRange("timestamp", text);
        }
        return micros;
    }

    @Override
    public String format(Object value, TypeContext context) {
        long micros = (Long) value;
        if (micros == Long.MAX_VALUE) {
            return "infinity";
        }
        return micros == Long.MIN_VALUE ? "-infinity" : DateTimeText.timestamp(micros, zoned, context);
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        long micros = (Long) super.readBinary(buffer, offset, count, context);
        if (!inRange(micros) && micros != Long.MAX_VALUE && micros != Long.MIN_VALUE) {
            throw DateTimeErrors.outOfRange("timestamp");
        }
        return micros;
    }
}
