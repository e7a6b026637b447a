package dev.boreal.queryprocessor.type;

/** The fields that an interval's type modifier allows, under PostgreSQL's bits. */
final class IntervalFieldMask {
    static final int MONTH = 0x0002;
    static final int YEAR = 0x0004;
    static final int DAY = 0x0008;
    static final int HOUR = 0x0400;
    static final int MINUTE = 0x0800;
    static final int SECOND = 0x1000;
    static final int FULL = 0x7fff;

    private IntervalFieldMask() {}

    static boolean isValid(int mask) {
        return mask == FULL || !name(mask).isEmpty();
    }

    /** As format_type prints it; nothing of the full range or of a mask that does not exist. */
    static String name(int mask) {
        return switch (mask) {
            case YEAR -> "year";
            case MONTH -> "month";
            case DAY -> "day";
            case HOUR -> "hour";
            case MINUTE -> "minute";
            case SECOND -> "second";
            case YEAR | MONTH -> "year to month";
            case DAY | HOUR -> "day to hour";
            case DAY | HOUR | MINUTE -> "day to minute";
            case DAY | HOUR | MINUTE | SECOND -> "day to second";
            case HOUR | MINUTE -> "hour to minute";
            case HOUR | MINUTE | SECOND -> "hour to second";
            case MINUTE | SECOND -> "minute to second";
            default -> "";
        };
    }

    /** Drops what is finer than the last field; what is coarser than the first stays, as in PostgreSQL. */
    static Interval truncate(Interval value, int mask) {
        if (mask == FULL || (mask & SECOND) != 0) {
            return value;
        }
        if ((mask & MINUTE) != 0) {
            return cutTime(value, 60_000_000L);
        }
        if ((mask & HOUR) != 0) {
            return cutTime(value, 3_600_000_000L);
        }
        if ((mask & DAY) != 0) {
            return new Interval(value.months(), value.days(), 0);
        }
        if ((mask & MONTH) != 0) {
            return new Interval(value.months(), 0, 0);
        }
        return new Interval(value.months() / 12 * 12, 0, 0);
    }

    private static Interval cutTime(Interval value, long unit) {
        return new Interval(value.months(), value.days(), value.micros() / unit * unit);
    }
}
