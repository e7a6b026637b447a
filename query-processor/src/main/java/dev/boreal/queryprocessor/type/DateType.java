package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.door.FieldSink;

/** date. */
final class DateType extends BasicType {
    private static final int MIN = -JulianDay.POSTGRES_EPOCH;
    /** Behind 5874897-12-31. */
    private static final int END = 2_147_483_494 - JulianDay.POSTGRES_EPOCH;

    DateType() {
        super(1082, "date", "date", 4, 'D', false, 1182);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        if (text.length() == 10) {
            int days = IsoTimestamp.parseDate(text);
            if (days != Integer.MIN_VALUE) {
                return days;
            }
        }
        DateTimeReader reader = DateTimeReader.read(text, "date", context, false);
        switch (reader.special()) {
            case DateTimeWords.LATE -> {
                return Integer.MAX_VALUE;
            }
            case DateTimeWords.EARLY -> {
                return Integer.MIN_VALUE;
            }
            case DateTimeWords.EPOCH -> {
                return JulianDay.UNIX_EPOCH - JulianDay.POSTGRES_EPOCH;
            }
            default -> {}
        }
        if (!reader.validDate()) {
            throw DateTimeErrors.outOfRange("date", text);
        }
        int days = reader.julianDay() - JulianDay.POSTGRES_EPOCH;
        if (!inRange(days)) {
            throw DateTimeErrors.outOfRange("date", text);
        }
        return days;
    }

    private static boolean inRange(int days) {
        return days >= MIN && days < END;
    }

    @Override
    public String format(Object value, TypeContext context) {
        int days = (Integer) value;
        if (days == Integer.MAX_VALUE) {
            return "infinity";
        }
        return days == Integer.MIN_VALUE ? "-infinity" : DateTimeText.date(days, context);
    }

    @Override
    public void writeBinary(Object value, FieldSink sink, TypeContext context) {
        sink.beginField();
        sink.writeInt((Integer) value);
        sink.endField();
    }

    @Override
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        BigEndian.requireLength(count, 4);
        int days = BigEndian.getInt(buffer, offset);
        if (!inRange(days) && days != Integer.MAX_VALUE && days != Integer.MIN_VALUE) {
            throw DateTimeErrors.outOfRange("date");
        }
        return days;
    }

    @Override
    public void encodeField(Object value, ByteWriter out) {
        out.writeInt((Integer) value ^ Integer.MIN_VALUE);
    }

    @Override
    public Object decodeField(byte[] buffer, int offset, int count) {
        return BigEndian.getInt(buffer, offset) ^ Integer.MIN_VALUE;
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
        return Integer.compare((Integer) a, (Integer) b);
    }

    @Override
    public int hash(Object value) {
        return Hashing.of((Integer) value);
    }
}
