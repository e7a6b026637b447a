package dev.boreal.queryprocessor.type;

/** Prints dates and times in the session's DateStyle. */
final class DateTimeText {
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final String[] DAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

    private DateTimeText() {}

    static String date(int days, TypeContext context) {
        int julian = days + JulianDay.POSTGRES_EPOCH;
        StringBuilder out = new StringBuilder(14);
        appendDate(julian, context, out);
        appendEra(julian, out);
        return out.toString();
    }

    /** @param zoned whether the value is a timestamptz, whose zone is printed */
    static String timestamp(long micros, boolean zoned, TypeContext context) {
        int offset = zoned ? TimeZones.offsetAt(context.timeZone(), micros) : 0;
        long local = micros + offset * 1_000_000L;
        int julian = (int) (Math.floorDiv(local, JulianDay.MICROS_PER_DAY) + JulianDay.POSTGRES_EPOCH);
        long time = Math.floorMod(local, JulianDay.MICROS_PER_DAY);
        StringBuilder out = new StringBuilder(32);
        if (context.dateStyle() == TypeContext.DateStyle.POSTGRES) {
            appendPostgres(julian, time, zoned, micros, offset, context, out);
        } else {
            appendDate(julian, context, out);
            out.append(' ');
            appendTime(time, out);
            if (zoned) {
                appendZone(micros, offset, context, false, out);
            }
        }
        appendEra(julian, out);
        return out.toString();
    }

    private static void appendPostgres(
            int julian, long time, boolean zoned, long micros, int offset, TypeContext context, StringBuilder out) {
        long packed = JulianDay.packed(julian);
        String month = MONTHS[((int) (packed >> 8) & 0xff) - 1];
        out.append(DAYS[JulianDay.dayOfWeek(julian)]).append(' ');
        if (context.dateOrder() == TypeContext.DateOrder.DMY) {
            appendTwo((int) packed & 0xff, out);
            out.append(' ').append(month);
        } else {
            out.append(month).append(' ');
            appendTwo((int) packed & 0xff, out);
        }
        out.append(' ');
        appendTime(time, out);
        out.append(' ');
        appendYear(shownYear((int) (packed >> 16)), out);
        if (zoned) {
            appendZone(micros, offset, context, true, out);
        }
    }

    static String time(long micros) {
        StringBuilder out = new StringBuilder(15);
        appendTime(micros, out);
        return out.toString();
    }

    static String timeWithZone(TimeWithZone value) {
        StringBuilder out = new StringBuilder(24);
        appendTime(value.micros(), out);
        appendOffset(-value.zoneSeconds(), out);
        return out.toString();
    }

    private static void appendDate(int julian, TypeContext context, StringBuilder out) {
        long packed = JulianDay.packed(julian);
        int year = shownYear((int) (packed >> 16));
        int month = (int) (packed >> 8) & 0xff;
        int day = (int) packed & 0xff;
        boolean dayFirst = context.dateOrder() == TypeContext.DateOrder.DMY;
        switch (context.dateStyle()) {
            case ISO -> {
                appendYear(year, out);
                out.append('-');
                appendTwo(month, out);
                out.append('-');
                appendTwo(day, out);
            }
            case SQL, POSTGRES -> {
                char separator = context.dateStyle() == TypeContext.DateStyle.SQL ? '/' : '-';
                appendTwo(dayFirst ? day : month, out);
                out.append(separator);
                appendTwo(dayFirst ? month : day, out);
                out.append(separator);
                appendYear(year, out);
            }
            case GERMAN -> {
                appendTwo(day, out);
                out.append('.');
                appendTwo(month, out);
                out.append('.');
                appendYear(year, out);
            }
        }
    }

    private static int shownYear(int astronomical) {
        return astronomical > 0 ? astronomical : 1 - astronomical;
    }

    private static void appendEra(int julian, StringBuilder out) {
        if (JulianDay.year(julian) <= 0) {
            out.append(" BC");
        }
    }

    private static void appendYear(int year, StringBuilder out) {
        if (year < 1000) {
            out.append(year < 10 ? "000" : year < 100 ? "00" : "0");
        }
        out.append(year);
    }

    static void appendTwo(int value, StringBuilder out) {
        if (value < 10) {
            out.append('0');
        }
        out.append(value);
    }

    private static void appendTime(long micros, StringBuilder out) {
        int seconds = (int) (micros / 1_000_000);
        appendTwo(seconds / 3600, out);
        out.append(':');
        appendTwo(seconds / 60 % 60, out);
        out.append(':');
        appendTwo(seconds % 60, out);
        appendFraction((int) (micros % 1_000_000), out);
    }

    /** A point and up to six digits without zeros at the end; nothing of zero. */
    static void appendFraction(int micros, StringBuilder out) {
        if (micros == 0) {
            return;
        }
        out.append('.');
        int rest = micros;
        for (int unit = 100_000; rest > 0; unit /= 10) {
            out.append((char) ('0' + rest / unit));
            rest %= unit;
        }
    }

    private static void appendZone(
            long micros, int offset, TypeContext context, boolean separateOffset, StringBuilder out) {
        if (context.dateStyle() == TypeContext.DateStyle.ISO) {
            appendOffset(offset, out);
            return;
        }
        String abbreviation = TimeZones.offsetName(context.timeZone(), micros);
        if (abbreviation.isEmpty()) {
            if (separateOffset) {
                out.append(' ');
            }
            appendOffset(offset, out);
        } else {
            out.append(' ').append(abbreviation);
        }
    }

    private static void appendOffset(int secondsEast, StringBuilder out) {
        out.append(secondsEast < 0 ? '-' : '+');
        int seconds = Math.abs(secondsEast);
        appendTwo(seconds / 3600, out);
        if (seconds % 3600 != 0) {
            out.append(':');
            appendTwo(seconds / 60 % 60, out);
            if (seconds % 60 != 0) {
                out.append(':');
                appendTwo(seconds % 60, out);
            }
        }
    }
}
