package dev.boreal.queryprocessor.type;

/** date. */
final class DateType extends FixedIntegerType {
    private static final int MIN = -JulianDay.POSTGRES_EPOCH;
    /** Behind 5874897-12-31. */
    private static final int END = 2_147_483_494 - JulianDay.POSTGRES_EPOCH;

    DateType() {
        super(1082, "date", "date", 4, 'D', 1182);
    }

    @Override
    public Object parse(String text, TypeContext context) {
        if (text.length() == 10) {
            int days = IsoTimestamp.parseDate(text);
            if (days != Integer.MIN_VALUE) {
                return days;
            }
        }
        DateTimeFields fields = DateTimeReader.read(text, "date", context, false);
        switch (fields.special()) {
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
        if (!fields.validDate()) {
            throw DateTimeErrors.outOfRange("date", text);
        }
        int days = fields.julianDay() - JulianDay.POSTGRES_EPOCH;
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
    public Object readBinary(byte[] buffer, int offset, int count, TypeContext context) {
        int days = (Integer) super.readBinary(buffer, offset, count, context);
        if (!inRange(days) && days != Integer.MAX_VALUE && days != Integer.MIN_VALUE) {
            throw DateTimeErrors.outOfRange("date");
        }
        return days;
    }
}
