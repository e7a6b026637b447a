package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.type.DateTimeTokens.Kind;
import dev.boreal.queryprocessor.type.DateTimeWords.Meaning;
import dev.boreal.queryprocessor.type.DateTimeWords.Word;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads one date, time or timestamp literal. PostgreSQL decides field by field what each may mean, from what it has already
 * seen; the set of fields seen is {@link #seen}. Meaning that is still open (month or day first) is the DateStyle's.
 */
final class DateTimeReader {
    private static final int YEAR = 1;
    private static final int MONTH = 2;
    private static final int DAY = 4;
    private static final int DAY_OF_YEAR = 8;
    private static final int TIME = 16;
    private static final int ZONE = 32;
    private static final int DAYLIGHT = 64;
    private static final int AM_PM = 128;
    private static final int ERA = 256;
    private static final int WEEKDAY = 512;
    private static final int SPECIAL = 1024;
    private static final int DATE = YEAR | MONTH | DAY;

    /** What a literal stands for: a date and time, or one of the words in {@link DateTimeWords}. */
    static final int ORDINARY = 0;

    private final String text;
    private final String type;
    private final TypeContext context;
    private final boolean timeOnly;
    private final DateTimeTokens tokens;

    private int seen;
    private int special = ORDINARY;
    private int label;
    private boolean textMonth;
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

    private DateTimeReader(String text, String type, TypeContext context, boolean timeOnly, DateTimeTokens tokens) {
        this.text = text;
        this.type = type;
        this.context = context;
        this.timeOnly = timeOnly;
        this.tokens = tokens;
    }

    /**
     * Reads a literal.
     *
     * @param type how error messages call the type
     * @param timeOnly whether a time without a date is wanted
     * @throws SqlException 22007, 22008, 22009, 22023 as PostgreSQL
     */
    static DateTimeReader read(String text, String type, TypeContext context, boolean timeOnly) {
        DateTimeTokens tokens = DateTimeTokens.of(text);
        if (tokens == null || tokens.count() == 0) {
            throw DateTimeErrors.badFormat(type, text);
        }
        DateTimeReader reader = new DateTimeReader(text, type, context, timeOnly, tokens);
        reader.readFields();
        reader.finish();
        return reader;
    }

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
        return (seen & DATE) == DATE;
    }

    /** Seconds east of Greenwich, of the written zone or else the session's, at {@code localMicros}. */
    int offsetOfLocal(long localMicros) {
        if (offsetKnown) {
            return offset + daylightSeconds;
        }
        ZoneId named = zone;
        return TimeZones.offsetOfLocal(named == null ? context.timeZone() : named, localMicros);
    }

    private SqlException badFormat() {
        return DateTimeErrors.badFormat(type, text);
    }

    private SqlException overflow() {
        return DateTimeErrors.fieldOverflow(text);
    }

    private void mark(int fields) {
        if ((seen & fields) != 0) {
            throw badFormat();
        }
        seen |= fields;
    }

    private void readFields() {
        for (int i = 0; i < tokens.count(); i++) {
            String field = tokens.field(i);
            switch (tokens.kind(i)) {
                case DATE -> readDateToken(i, field);
                case TIME -> readTimeToken(field);
                case ZONE -> {
                    setOffset(field);
                    mark(ZONE);
                }
                case NUMBER -> readNumberToken(i, field);
                case WORD, SPECIAL -> readWord(i, field);
            }
        }
    }

    private void setOffset(String field) {
        int seconds = ClockText.offset(field);
        if (seconds == Integer.MIN_VALUE) {
            throw badFormat();
        }
        if (seconds == Integer.MAX_VALUE) {
            throw DateTimeErrors.zoneOverflow(text);
        }
        offset = seconds;
        offsetKnown = true;
    }

    private boolean dateAllowed(int index) {
        if (!timeOnly) {
            return label == 0 && (seen & (MONTH | DAY)) != (MONTH | DAY);
        }
        int count = tokens.count();
        return index == 0 && count >= 2 && (tokens.kind(count - 1) == Kind.DATE || tokens.kind(1) == Kind.TIME);
    }

    private void readDateToken(int index, String field) {
        if (label == DateTimeWords.JULIAN && !timeOnly) {
            readJulianWithZone(field);
        } else if (dateAllowed(index)) {
            readDate(field);
        } else if (DateTimeTokens.isDigit(field.charAt(0)) || label != 0) {
            readTimeWithZone(field);
        } else {
            zone = TimeZones.find(field);
            if (zone == null) {
                throw DateTimeErrors.unknownZone(field);
            }
            mark(ZONE);
        }
    }

    /** J2451187-08: a Julian day and an offset run together. */
    private void readJulianWithZone(String field) {
        int end = ClockText.digitsEnd(field, 0);
        setJulianDay(ClockText.smallInteger(field, 0, end));
        setOffset(field.substring(end));
        mark(DATE | TIME | ZONE);
        label = 0;
    }

    private void setJulianDay(int julian) {
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

    /** hhmmss-zz: a time without colons and an offset run together. */
    private void readTimeWithZone(String field) {
        if (label != 0 && label != DateTimeWords.TIME) {
            throw badFormat();
        }
        label = 0;
        int sign = field.indexOf('-');
        if ((seen & TIME) != 0 || sign < 0) {
            throw badFormat();
        }
        setOffset(field.substring(sign));
        readRunTogether(field.substring(0, sign), seen | (timeOnly ? DATE : 0));
        mark(ZONE);
    }

    private void readTimeToken(String field) {
        if (label != 0 && label != DateTimeWords.TIME) {
            throw badFormat();
        }
        label = 0;
        readTime(field);
        mark(TIME);
    }

    private void readTime(String field) {
        int hourEnd = ClockText.digitsEnd(field, 0);
        int minuteEnd = ClockText.digitsEnd(field, hourEnd + 1);
        hour = ClockText.smallInteger(field, 0, hourEnd);
        minute = ClockText.smallInteger(field, hourEnd + 1, minuteEnd);
        second = 0;
        micros = 0;
        if (ClockText.isFraction(field, minuteEnd)) {
            micros = ClockText.fractionMicros(field, minuteEnd);
            second = minute;
            minute = hour;
            hour = 0;
        } else if (minuteEnd < field.length()) {
            if (field.charAt(minuteEnd) != ':') {
                throw badFormat();
            }
            int secondEnd = ClockText.digitsEnd(field, minuteEnd + 1);
            second = ClockText.smallInteger(field, minuteEnd + 1, secondEnd);
            if (ClockText.isFraction(field, secondEnd)) {
                micros = ClockText.fractionMicros(field, secondEnd);
            } else if (secondEnd < field.length()) {
                throw badFormat();
            }
        }
        if (minute > 59 || second > 60) {
            throw overflow();
        }
        if (!timeOnly) {
            requireTimeOfDay();
        }
    }

    private void requireTimeOfDay() {
        if (hour > 24 || minute > 59 || second > 60 || micros > 1_000_000 || timeMicros() > JulianDay.MICROS_PER_DAY) {
            throw overflow();
        }
    }

    private void readNumberToken(int index, String field) {
        if (label != 0) {
            readLabelled(field);
            return;
        }
        int point = field.indexOf('.');
        if (timeOnly) {
            readNumberOfTime(index, field, point);
        } else if (point >= 0 && (seen & DATE) == 0) {
            readDate(field);
        } else if (point > 2) {
            readRunTogether(field, seen);
        } else if (field.length() >= 6 && ((seen & DATE) == 0 || (seen & TIME) == 0)) {
            readRunTogether(field, seen);
        } else {
            mark(readNumber(field, seen));
        }
    }

    private void readNumberOfTime(int index, String field, int point) {
        if (point >= 0) {
            if (index == 0 && tokens.count() >= 2 && tokens.kind(tokens.count() - 1) == Kind.DATE) {
                readDate(field);
            } else if (point > 2) {
                readRunTogether(field, seen | DATE);
            } else {
                throw badFormat();
            }
        } else if (field.length() > 4) {
            readRunTogether(field, seen | DATE);
        } else {
            mark(readNumber(field, seen | DATE));
        }
    }

    /** A number behind a label: y2001m02d04, J2451187, T040506. */
    private void readLabelled(String field) {
        int end = ClockText.digitsEnd(field, 0);
        int value = ClockText.smallInteger(field, 0, end);
        boolean fraction = end < field.length();
        int unit = label;
        label = 0;
        if (value == Integer.MAX_VALUE) {
            throw overflow();
        }
        if (fraction && unit != DateTimeWords.JULIAN && unit != DateTimeWords.TIME && unit != DateTimeWords.SECOND) {
            throw badFormat();
        }
        switch (unit) {
            case DateTimeWords.YEAR -> {
                year = value;
                mark(YEAR);
            }
            case DateTimeWords.MONTH -> {
                // A month label behind hours means minutes.
                if ((seen & MONTH) != 0 && (seen & TIME) == 0) {
                    throw badFormat();
                }
                month = value;
                mark(MONTH);
            }
            case DateTimeWords.DAY -> {
                day = value;
                mark(DAY);
            }
            case DateTimeWords.JULIAN -> {
                setJulianDay(value);
                int fields = DATE;
                if (fraction) {
                    setTimeOfDay((long) (ClockText.fraction(field, end) * JulianDay.MICROS_PER_DAY));
                    fields |= TIME;
                }
                mark(fields);
            }
            case DateTimeWords.TIME -> readRunTogether(field, seen | DATE);
            default -> throw badFormat();
        }
    }

    private void setTimeOfDay(long ofDay) {
        hour = (int) (ofDay / 3_600_000_000L);
        minute = (int) (ofDay / 60_000_000 % 60);
        second = (int) (ofDay / 1_000_000 % 60);
        micros = (int) (ofDay % 1_000_000);
    }

    /** A date whose parts are separated by punctuation. A month in letters is unambiguous, so it is read first. */
    private void readDate(String field) {
        String[] parts = new String[3];
        int count = 0;
        int at = 0;
        while (at < field.length() && count < 3) {
            while (at < field.length() && !isAlphanumeric(field.charAt(at))) {
                at++;
            }
            if (at == field.length()) {
                throw badFormat();
            }
            int start = at;
            boolean digits = DateTimeTokens.isDigit(field.charAt(at));
            while (at < field.length()
                    && (digits ? DateTimeTokens.isDigit(field.charAt(at)) : DateTimeTokens.isAlpha(field.charAt(at)))) {
                at++;
            }
            parts[count++] = field.substring(start, at);
        }
        if (at < field.length()) {
            throw badFormat();
        }
        boolean[] done = new boolean[count];
        for (int i = 0; i < count; i++) {
            if (DateTimeTokens.isAlpha(parts[i].charAt(0))) {
                Word word = DateTimeWords.find(parts[i]);
                if (word == null || (word.meaning() != Meaning.MONTH && word.meaning() != Meaning.IGNORED)) {
                    throw badFormat();
                }
                if (word.meaning() == Meaning.MONTH) {
                    month = word.value();
                    textMonth = true;
                    mark(MONTH);
                }
                done[i] = true;
            }
        }
        for (int i = 0; i < count; i++) {
            if (!done[i]) {
                mark(readNumber(parts[i], seen));
            }
        }
        // Nothing but a zone may stand before such a date, not even a time.
        if ((seen & ~(DAY_OF_YEAR | ZONE)) != DATE) {
            throw badFormat();
        }
    }

    private static boolean isAlphanumeric(char c) {
        return DateTimeTokens.isDigit(c) || DateTimeTokens.isAlpha(c);
    }

    /** Decides what a number means by what came before it, and returns the field it filled; 0 if it marked that itself. */
    private int readNumber(String field, int before) {
        int end = ClockText.digitsEnd(field, 0);
        int value = ClockText.smallInteger(field, 0, end);
        if (value == Integer.MAX_VALUE) {
            throw overflow();
        }
        if (end == 0) {
            throw badFormat();
        }
        if (end < field.length()) {
            if (end > 2) {
                readRunTogether(field, before | DATE);
                return 0;
            }
            if (!ClockText.isFraction(field, end)) {
                throw badFormat();
            }
            micros = ClockText.fractionMicros(field, end);
        }
        int length = field.length();
        int dates = before & DATE;
        if (length == 3 && dates == YEAR && value >= 1 && value <= 366) {
            dayOfYear = value;
            return DAY_OF_YEAR | MONTH | DAY;
        }
        TypeContext.DateOrder order = context.dateOrder();
        boolean yearFirst = length >= 3 || order == TypeContext.DateOrder.YMD;
        return switch (dates) {
            case 0 ->
                yearFirst
                        ? setYear(value, length)
                        : order == TypeContext.DateOrder.DMY ? setDay(value) : setMonth(value);
            case YEAR, DAY -> setMonth(value);
            case MONTH -> textMonth && yearFirst ? setYear(value, length) : setDay(value);
            case YEAR | MONTH -> textMonth && length >= 3 && shortYear ? swapYearAndDay(value) : setDay(value);
            case MONTH | DAY -> setYear(value, length);
            case DATE -> {
                readRunTogether(field, before);
                yield 0;
            }
            default -> throw badFormat();
        };
    }

    private int setYear(int value, int digits) {
        year = value;
        shortYear = digits <= 2;
        return YEAR;
    }

    private int setMonth(int value) {
        month = value;
        return MONTH;
    }

    private int setDay(int value) {
        day = value;
        return DAY;
    }

    /** What looked like a year before a month in letters was the day, since a longer number follows. */
    private int swapYearAndDay(int value) {
        day = year;
        year = value;
        shortYear = false;
        return DAY;
    }

    /** yymmdd, yyyymmdd, hhmm or hhmmss, with a fraction behind seconds. */
    private void readRunTogether(String field, int before) {
        int point = field.indexOf('.');
        String digits = field;
        if (point >= 0) {
            if (!ClockText.isFraction(field, point)) {
                throw badFormat();
            }
            micros = ClockText.fractionMicros(field, point);
            digits = field.substring(0, point);
        } else if ((before & DATE) != DATE && digits.length() >= 6) {
            int length = digits.length();
            day = ClockText.smallInteger(digits, length - 2, length);
            month = ClockText.smallInteger(digits, length - 4, length - 2);
            year = ClockText.smallInteger(digits, 0, length - 4);
            shortYear = length == 6;
            mark(DATE);
            return;
        }
        if ((before & TIME) == 0 && (digits.length() == 6 || digits.length() == 4)) {
            hour = ClockText.smallInteger(digits, 0, 2);
            minute = ClockText.smallInteger(digits, 2, 4);
            second = digits.length() == 6 ? ClockText.smallInteger(digits, 4, 6) : 0;
            mark(TIME);
            return;
        }
        throw badFormat();
    }

    private void readWord(int index, String field) {
        Integer abbreviation = ZoneAbbreviations.find(field);
        if (abbreviation != null) {
            offset = abbreviation;
            offsetKnown = true;
            mark(ZONE);
            return;
        }
        Word word = DateTimeWords.find(field);
        if (word == null) {
            zone = TimeZones.find(field);
            if (zone == null) {
                throw badFormat();
            }
            mark(ZONE);
            return;
        }
        switch (word.meaning()) {
            case IGNORED -> {}
            case RESERVED -> readReserved(word.value());
            case MONTH -> readMonthName(word.value());
            case DAYLIGHT_SAVING -> {
                daylightSeconds = word.value();
                mark(DAYLIGHT);
            }
            case AM_PM -> {
                halfDay = word.value();
                mark(AM_PM);
            }
            case ERA -> {
                beforeChrist = word.value() == DateTimeWords.BC;
                mark(ERA);
            }
            case DAY_OF_WEEK -> mark(WEEKDAY);
            case UNIT -> label = word.value();
            case TIME_FOLLOWS -> {
                boolean follows = index + 1 < tokens.count()
                        && (tokens.kind(index + 1) == Kind.NUMBER
                                || tokens.kind(index + 1) == Kind.TIME
                                || tokens.kind(index + 1) == Kind.DATE);
                if (!follows || (!timeOnly && (seen & DATE) != DATE)) {
                    throw badFormat();
                }
                label = DateTimeWords.TIME;
            }
        }
    }

    private void readMonthName(int value) {
        // "5 jan": without the name, a first number was taken for the month.
        if ((seen & MONTH) != 0 && !textMonth && (seen & DAY) == 0 && month >= 1 && month <= 31) {
            day = month;
            mark(DAY);
        } else {
            mark(MONTH);
        }
        textMonth = true;
        month = value;
    }

    private void readReserved(int word) {
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

    private void finish() {
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
