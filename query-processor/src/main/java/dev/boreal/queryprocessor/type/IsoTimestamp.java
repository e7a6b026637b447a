package dev.boreal.queryprocessor.type;

/** The commonest form of a timestamp, which needs no guessing: yyyy-mm-dd, and perhaps hh:mm:ss with a fraction. */
final class IsoTimestamp {
    /** The text has another form, or a value out of range: the general reader decides. */
    static final long OTHER = Long.MIN_VALUE;

    private IsoTimestamp() {}

    /** Microseconds since 2000-01-01, or {@link #OTHER}. */
    static long parse(String text) {
        int length = text.length();
        int days = parseDate(text);
        if (days == Integer.MIN_VALUE) {
            return OTHER;
        }
        long midnight = days * JulianDay.MICROS_PER_DAY;
        if (length == 10) {
            return midnight;
        }
        if (length < 19 || length > 26 || (text.charAt(10) != ' ' && text.charAt(10) != 'T')) {
            return OTHER;
        }
        int hour = twoDigits(text, 11);
        int minute = twoDigits(text, 14);
        int second = twoDigits(text, 17);
        if (text.charAt(13) != ':' || text.charAt(16) != ':' || hour < 0 || minute < 0 || second < 0) {
            return OTHER;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return OTHER;
        }
        int micros = 0;
        if (length > 19) {
            if (text.charAt(19) != '.' || length == 20) {
                return OTHER;
            }
            int unit = 100_000;
            for (int i = 20; i < length; i++, unit /= 10) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return OTHER;
                }
                micros += digit * unit;
            }
        }
        return midnight + ((hour * 60L + minute) * 60 + second) * 1_000_000 + micros;
    }

    /** Days since 2000-01-01 of a text that begins with yyyy-mm-dd; {@code Integer.MIN_VALUE} if it does not. */
    static int parseDate(String text) {
        if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Integer.MIN_VALUE;
        }
        int century = twoDigits(text, 0);
        int yearOfCentury = twoDigits(text, 2);
        int month = twoDigits(text, 5);
        int day = twoDigits(text, 8);
        if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) {
            return Integer.MIN_VALUE;
        }
        int year = century * 100 + yearOfCentury;
        if (year == 0 || day > JulianDay.daysInMonth(year, month)) {
            return Integer.MIN_VALUE;
        }
        return JulianDay.of(year, month, day) - JulianDay.POSTGRES_EPOCH;
    }

    private static int twoDigits(String text, int at) {
        int tens = text.charAt(at) - '0';
        int units = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || units < 0 || units > 9 ? -1 : tens * 10 + units;
    }
}
