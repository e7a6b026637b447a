package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one date, time or timestamp literal, as {@link DateTimeReader} comes by them: which were seen, since none may be
 * seen twice, what they are, and what they come to in the end.
 */
final class DateTimeFields {
    static final int YEAR = 1;
    static final int MONTH = 2;
    static final int DAY = 4;
    static final int DAY_OF_YEAR = 8;
    static final int TIME = 16;
    static final int ZONE = 32;
    private static final int DAYLIGHT = 64;
    private static final int AM_PM = 128;
    private static final int ERA = 256;
    static final int WEEKDAY = 512;
    private static final int SPECIAL = 1024;
    static final int DATE = YEAR | MONTH | DAY;

    /** What a literal stands for: a date and time, or one of the words in {@link DateTimeWords}. */
    private static final int ORDINARY = 0;

    private final String text;
    private final String type;
    private final TypeContext context;
    private final boolean timeOnly;

    private int seen;
    private int special = ORDINARY;
    private boolean monthNamed;
    private boolean shortYear;
    private boolean beforeChrist;
    private boolean julianDate;
    private int halfDay = -1;
    private int dayOfYear;

    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;
    private int micros;
    private int offset;
    private int daylightSeconds;
    private @Nullable ZoneId zone;
    private boolean offsetKnown;

    /**
     * @param text the literal, and
     * @param type its type, for error messages
     * @param timeOnly whether a time without a date is wanted
     */
    DateTimeFields(String text, String type, TypeContext context, boolean timeOnly) {
        this.text = text;
        this.type = type;
        this.context = context;
        this.timeOnly = timeOnly;
    }

    // What it comes to ------------------------------------------------------------------------------------------

    int special() {
        return special;
    }

    int julianDay() {
        return JulianDay.of(year, month, day);
    }

    boolean validDate() {
        return JulianDay.isValid(year, month, day);
    }

    long timeMicros() {
        return ((hour * 60L + minute) * 60 + second) * 1_000_000 + micros;
    }

    /** Local microseconds since 2000-01-01; meaningless unless {@link #validDate()}. */
    long localMicros() {
        return (julianDay() - (long) JulianDay.POSTGRES_EPOCH) * JulianDay.MICROS_PER_DAY + timeMicros();
    }

    boolean hasDate() {
        return hasSeen(DATE);
    }

    /** Seconds east of Greenwich, of the written zone or else the session's, at {@code localMicros}. */
    int offsetOfLocal(long localMicros) {
        if (offsetKnown) {
            return offset + daylightSeconds;
        }
        ZoneId named = zone;
        return TimeZones.offsetOfLocal(named == null ? context.timeZone() : named, localMicros);
    }

    // What was seen ---------------------------------------------------------------------------------------------

    int seen() {
        return seen;
    }

    boolean hasSeen(int fields) {
        return (seen & fields) == fields;
    }

    SqlException badFormat() {
        return DateTimeErrors.badFormat(type, text);
    }

    SqlException overflow() {
        return DateTimeErrors.fieldOverflow(text);
    }

    /**
     * Sees some fields.
     *
     * @throws SqlException 22007: one of them was seen before
     */
    void mark(int fields) {
        if ((seen & fields) != 0) {
            throw badFormat();
        }
        seen |= fields;
    }

    // Dates -----------------------------------------------------------------------------------------------------

    void setYear(int value, int digits) {
        year = value;
        shortYear = digits <= 2;
        mark(YEAR);
    }

    void setMonth(int value) {
        month = value;
        mark(MONTH);
    }

    void setDay(int value) {
        day = value;
        mark(DAY);
    }

    void setDayOfYear(int value) {
        dayOfYear = value;
        mark(DAY_OF_YEAR | MONTH | DAY);
    }

    boolean monthNamed() {
        return monthNamed;
    }

    void setNamedMonth(int value) {
        monthNamed = true;
        month = value;
        mark(MONTH);
    }

    /** As {@link #setNamedMonth}; in "5 jan" a number before it was taken for the month, and is the day. */
    void setNamedMonthBehindDay(int value) {
        if (hasSeen(MONTH) && !monthNamed && !hasSeen(DAY) && month >= 1 && month <= 31) {
            day = month;
            mark(DAY);
            monthNamed = true;
            month = value;
        } else {
            setNamedMonth(value);
        }
    }

    /** Whether what looked like a year before a month in letters may be the day, should a longer number follow. */
    boolean yearMayBeDay() {
        return monthNamed && shortYear;
    }

    void swapYearAndDay(int newYear) {
        setDay(year);
        year = newYear;
        shortYear = false;
    }

    void setDate(int newYear, int newMonth, int newDay, boolean yearIsShort) {
        year = newYear;
        month = newMonth;
        day = newDay;
        shortYear = yearIsShort;
        mark(DATE);
    }

    void setJulianDay(int julian) {
        if (julian < 0 || julian == Integer.MAX_VALUE) {
            throw overflow();
        }
        setDate(julian);
        julianDate = true;
    }

    private void setDate(int julian) {
        year = JulianDay.year(julian);
        month = JulianDay.month(julian);
        day = JulianDay.day(julian);
    }

    void setEra(int era) {
        beforeChrist = era == DateTimeWords.BC;
        mark(ERA);
    }

    // Times -----------------------------------------------------------------------------------------------------

    void setTime(int newHour, int newMinute, int newSecond) {
        hour = newHour;
        minute = newMinute;
        second = newSecond;
        mark(TIME);
    }

    void setMicros(int newMicros) {
        micros = newMicros;
    }

    /** A time of a clock, which does not go beyond its minute. */
    void setClock(int newHour, int newMinute, int newSecond, int newMicros) {
        if (newMinute > 59 || newSecond > 60) {
            throw overflow();
        }
        hour = newHour;
        minute = newMinute;
        second = newSecond;
        micros = newMicros;
        if (!timeOnly) {
            requireTimeOfDay();
        }
        mark(TIME);
    }

    void setHalfDay(int half) {
        halfDay = half;
        mark(AM_PM);
    }

    void setTimeOfDay(long ofDay) {
        hour = (int) (ofDay / 3_600_000_000L);
        minute = (int) (ofDay / 60_000_000 % 60);
        second = (int) (ofDay / 1_000_000 % 60);
        micros = (int) (ofDay % 1_000_000);
    }

    private void requireTimeOfDay() {
        if (hour > 24 || minute > 59 || second > 60 || micros > 1_000_000 || timeMicros() > JulianDay.MICROS_PER_DAY) {
            throw overflow();
        }
    }

    // Zones -----------------------------------------------------------------------------------------------------

    /** An offset as it is written: +01:30. */
    void setOffset(String field) {
        int seconds = ClockText.offset(field);
        if (seconds == Integer.MIN_VALUE) {
            throw badFormat();
        }
        if (seconds == Integer.MAX_VALUE) {
            throw DateTimeErrors.zoneOverflow(text);
        }
        setOffset(seconds);
    }

    void setOffset(int seconds) {
        offset = seconds;
        offsetKnown = true;
        mark(ZONE);
    }

    void setZone(ZoneId found) {
        zone = found;
        mark(ZONE);
    }

    void setDaylight(int seconds) {
        daylightSeconds = seconds;
        mark(DAYLIGHT);
    }

    // Words for whole dates and times ---------------------------------------------------------------------------

    void setReserved(int word) {
        if (timeOnly && word != DateTimeWords.NOW && word != DateTimeWords.MIDNIGHT_UTC) {
            throw badFormat();
        }
        switch (word) {
            case DateTimeWords.NOW -> {
                int seconds = TimeZones.offsetAt(context.timeZone(), context.transactionTimestampMicros());
                long local = context.transactionTimestampMicros() + seconds * 1_000_000L;
                setDate((int) Math.floorDiv(local, JulianDay.MICROS_PER_DAY) + JulianDay.POSTGRES_EPOCH);
                setTimeOfDay(Math.floorMod(local, JulianDay.MICROS_PER_DAY));
                offset = seconds;
                offsetKnown = true;
                mark(DATE | TIME | ZONE);
            }
            case DateTimeWords.YESTERDAY, DateTimeWords.TODAY, DateTimeWords.TOMORROW -> {
                int seconds = TimeZones.offsetAt(context.timeZone(), context.transactionTimestampMicros());
                long local = context.transactionTimestampMicros() + seconds * 1_000_000L;
                int today = (int) Math.floorDiv(local, JulianDay.MICROS_PER_DAY) + JulianDay.POSTGRES_EPOCH;
                setDate(today + word - DateTimeWords.TODAY);
                mark(DATE);
            }
            case DateTimeWords.MIDNIGHT_UTC -> {
                setTimeOfDay(0);
                offset = 0;
                offsetKnown = true;
                mark(TIME | ZONE);
            }
            default -> {
                special = word;
                mark(SPECIAL);
            }
        }
    }

    // The end ---------------------------------------------------------------------------------------------------

    /**
     * Nothing more comes.
     *
     * @throws SqlException 22007 or 22008: what came is no date or time
     */
    void finish() {
        validateDate();
        if (halfDay >= 0) {
            if (hour > 12) {
                throw overflow();
            }
            if (halfDay == DateTimeWords.AM && hour == 12) {
                hour = 0;
            } else if (halfDay == DateTimeWords.PM && hour != 12) {
                hour += 12;
            }
        }
        if (timeOnly) {
            requireTimeOfDay();
            ZoneId named = zone;
            boolean needsDate = named != null && !named.getRules().isFixedOffset();
            if ((seen & TIME) == 0 || (needsDate && !hasDate())) {
                throw badFormat();
            }
        } else if (special == ORDINARY && (seen & DATE) != DATE) {
            // A time that was run together is not checked: what exceeds the day goes on into the next.
            throw badFormat();
        }
    }

    private void validateDate() {
        if ((seen & YEAR) != 0 && !julianDate) {
            if (beforeChrist) {
                if (year <= 0) {
                    throw overflow();
                }
                year = -(year - 1);
            } else if (shortYear) {
                year += year < 70 ? 2000 : year < 100 ? 1900 : 0;
            } else if (year <= 0) {
                throw overflow();
            }
        }
        if ((seen & DAY_OF_YEAR) != 0) {
            setDate(JulianDay.of(year, 1, 1) + dayOfYear - 1);
        }
        if ((seen & MONTH) != 0 && (month < 1 || month > 12)) {
            throw DateTimeErrors.monthOrDayOverflow(text);
        }
        if ((seen & DAY) != 0 && (day < 1 || day > 31)) {
            throw DateTimeErrors.monthOrDayOverflow(text);
        }
        if ((seen & DATE) == DATE && day > JulianDay.daysInMonth(year, month)) {
            throw overflow();
        }
    }
}
