package dev.boreal.queryprocessor.type;

/**
 * Conversion between the proleptic Gregorian calendar and day numbers. Years are astronomical: year 0 is 1 BC, as in
 * PostgreSQL's own arithmetic.
 */
public final class JulianDay {
    /** Julian day of 2000-01-01, from which dates and timestamps count. */
    public static final int POSTGRES_EPOCH = 2_451_545;
    /** Julian day of 1970-01-01. */
    public static final int UNIX_EPOCH = 2_440_588;

    public static final long MICROS_PER_DAY = 86_400_000_000L;

    private JulianDay() {}

    /** The Julian day of a date; right for all years from -4712 on. */
    public static int of(int year, int month, int day) {
        int y = year;
        int m = month;
        if (m > 2) {
            m += 1;
            y += 4800;
        } else {
            m += 13;
            y += 4799;
        }
        int century = y / 100;
        int julian = y * 365 - 32167;
        julian += y / 4 - century + century / 4;
        return julian + 7834 * m / 256 + day;
    }

    /** Whether the Julian day of the date fits the range of dates: 4714-11-24 BC to 5874897-12-31. */
    public static boolean isValid(int year, int month, int day) {
        boolean notBefore = year > -4713 || (year == -4713 && (month > 11 || (month == 11 && day >= 24)));
        return notBefore && (year < 5_874_898 || (year == 5_874_898 && month < 6));
    }

    public static int year(int julian) {
        return (int) (packed(julian) >> 16);
    }

    public static int month(int julian) {
        return (int) (packed(julian) >> 8) & 0xff;
    }

    public static int day(int julian) {
        return (int) packed(julian) & 0xff;
    }

    /** Year, month and day of a Julian day: {@code year << 16 | month << 8 | day}. */
    public static long packed(int julian) {
        // Days since 0000-03-01, in eras of 400 years: the leap day ends a year that begins in March.
        long days = (long) julian - 1_721_120;
        long era = Math.floorDiv(days, 146_097L);
        int dayOfEra = (int) (days - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | (long) month << 8 | day;
    }

    public static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static int daysInMonth(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** 0 for Sunday. */
    public static int dayOfWeek(int julian) {
        return Math.floorMod(julian + 1, 7);
    }
}
