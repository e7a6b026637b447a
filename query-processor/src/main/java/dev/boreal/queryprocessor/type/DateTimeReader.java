package dev.boreal.queryprocessor.type;

import static dev.boreal.queryprocessor.type.DateTimeFields.DATE;
import static dev.boreal.queryprocessor.type.DateTimeFields.DAY;
import static dev.boreal.queryprocessor.type.DateTimeFields.DAY_OF_YEAR;
import static dev.boreal.queryprocessor.type.DateTimeFields.MONTH;
import static dev.boreal.queryprocessor.type.DateTimeFields.TIME;
import static dev.boreal.queryprocessor.type.DateTimeFields.WEEKDAY;
import static dev.boreal.queryprocessor.type.DateTimeFields.YEAR;
import static dev.boreal.queryprocessor.type.DateTimeFields.ZONE;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.type.DateTimeTokens.Kind;
import dev.boreal.queryprocessor.type.DateTimeWords.Meaning;
import dev.boreal.queryprocessor.type.DateTimeWords.Word;
import java.time.ZoneId;

/**
 * Reads one date, time or timestamp literal. PostgreSQL decides field by field what each may mean, from what it has already
 * seen; {@link DateTimeFields} knows which. Meaning that is still open (month or day first) is the DateStyle's.
 */
final class DateTimeReader {
    private final TypeContext context;
    private final boolean timeOnly;
    private final DateTimeTokens tokens;
    private final DateTimeFields fields;
    private int label;

    private DateTimeReader(TypeContext context, boolean timeOnly, DateTimeTokens tokens, DateTimeFields fields) {
        this.context = context;
        this.timeOnly = timeOnly;
        this.tokens = tokens;
        this.fields = fields;
    }

    /**
     * Reads a literal.
     *
     * @param type how error messages call the type
     * @param timeOnly whether a time without a date is wanted
     * @throws SqlException 22007, 22008, 22009, 22023 as PostgreSQL
     */
    static DateTimeFields read(String text, String type, TypeContext context, boolean timeOnly) {
        DateTimeTokens tokens = DateTimeTokens.of(text);
        if (tokens == null || tokens.count() == 0) {
            throw DateTimeErrors.badFormat(type, text);
        }
        DateTimeFields fields = new DateTimeFields(text, type, context, timeOnly);
        new DateTimeReader(context, timeOnly, tokens, fields).readFields();
        fields.finish();
        return fields;
    }

    private void readFields() {
        for (int i = 0; i < tokens.count(); i++) {
            String field = tokens.field(i);
            switch (tokens.kind(i)) {
                case DATE -> readDateToken(i, field);
                case TIME -> readTimeToken(field);
                case ZONE -> fields.setOffset(field);
                case NUMBER -> readNumberToken(i, field);
                case WORD, SPECIAL -> readWord(i, field);
            }
        }
    }

    private boolean dateAllowed(int index) {
        if (!timeOnly) {
            return label == 0 && !fields.hasSeen(MONTH | DAY);
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
            ZoneId zone = TimeZones.find(field);
            if (zone == null) {
                throw DateTimeErrors.unknownZone(field);
            }
            fields.setZone(zone);
        }
    }

    /** J2451187-08: a Julian day and an offset run together. */
    private void readJulianWithZone(String field) {
        int end = ClockText.digitsEnd(field, 0);
        fields.setJulianDay(ClockText.smallInteger(field, 0, end));
        fields.setOffset(field.substring(end));
        fields.mark(DATE | TIME);
        label = 0;
    }

    /** hhmmss-zz: a time without colons and an offset run together. */
    private void readTimeWithZone(String field) {
        if (label != 0 && label != DateTimeWords.TIME) {
            throw fields.badFormat();
        }
        label = 0;
        int sign = field.indexOf('-');
        if (fields.hasSeen(TIME) || sign < 0) {
            throw fields.badFormat();
        }
        fields.setOffset(field.substring(sign));
        readRunTogether(field.substring(0, sign), fields.seen() | (timeOnly ? DATE : 0));
    }

    private void readTimeToken(String field) {
        if (label != 0 && label != DateTimeWords.TIME) {
            throw fields.badFormat();
        }
        label = 0;
        readTime(field);
    }

    private void readTime(String field) {
        int hourEnd = ClockText.digitsEnd(field, 0);
        int minuteEnd = ClockText.digitsEnd(field, hourEnd + 1);
        int hour = ClockText.smallInteger(field, 0, hourEnd);
        int minute = ClockText.smallInteger(field, hourEnd + 1, minuteEnd);
        int second = 0;
        int micros = 0;
        if (ClockText.isFraction(field, minuteEnd)) {
            micros = ClockText.fractionMicros(field, minuteEnd);
            second = minute;
            minute = hour;
            hour = 0;
        } else if (minuteEnd < field.length()) {
            if (field.charAt(minuteEnd) != ':') {
                throw fields.badFormat();
            }
            int secondEnd = ClockText.digitsEnd(field, minuteEnd + 1);
            second = ClockText.smallInteger(field, minuteEnd + 1, secondEnd);
            if (ClockText.isFraction(field, secondEnd)) {
                micros = ClockText.fractionMicros(field, secondEnd);
            } else if (secondEnd < field.length()) {
                throw fields.badFormat();
            }
        }
        fields.setClock(hour, minute, second, micros);
    }

    private void readNumberToken(int index, String field) {
        if (label != 0) {
            readLabelled(field);
            return;
        }
        int point = field.indexOf('.');
        if (timeOnly) {
            readNumberOfTime(index, field, point);
        } else if (point >= 0 && (fields.seen() & DATE) == 0) {
            readDate(field);
        } else if (point > 2) {
            readRunTogether(field, fields.seen());
        } else if (field.length() >= 6 && ((fields.seen() & DATE) == 0 || !fields.hasSeen(TIME))) {
            readRunTogether(field, fields.seen());
        } else {
            readNumber(field, fields.seen());
        }
    }

    private void readNumberOfTime(int index, String field, int point) {
        if (point >= 0) {
            if (index == 0 && tokens.count() >= 2 && tokens.kind(tokens.count() - 1) == Kind.DATE) {
                readDate(field);
            } else if (point > 2) {
                readRunTogether(field, fields.seen() | DATE);
            } else {
                throw fields.badFormat();
            }
        } else if (field.length() > 4) {
            readRunTogether(field, fields.seen() | DATE);
        } else {
            readNumber(field, fields.seen() | DATE);
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
            throw fields.overflow();
        }
        if (fraction && unit != DateTimeWords.JULIAN && unit != DateTimeWords.TIME && unit != DateTimeWords.SECOND) {
            throw fields.badFormat();
        }
        switch (unit) {
            case DateTimeWords.YEAR -> fields.setYear(value, 4);
            case DateTimeWords.MONTH -> fields.setMonth(value);
            case DateTimeWords.DAY -> fields.setDay(value);
            case DateTimeWords.JULIAN -> {
                fields.setJulianDay(value);
                fields.mark(DATE);
                if (fraction) {
                    fields.setTimeOfDay((long) (ClockText.fraction(field, end) * JulianDay.MICROS_PER_DAY));
                    fields.mark(TIME);
                }
            }
            case DateTimeWords.TIME -> readRunTogether(field, fields.seen() | DATE);
            default -> throw fields.badFormat();
        }
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
                throw fields.badFormat();
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
            throw fields.badFormat();
        }
        boolean[] done = new boolean[count];
        for (int i = 0; i < count; i++) {
            if (DateTimeTokens.isAlpha(parts[i].charAt(0))) {
                Word word = DateTimeWords.find(parts[i]);
                if (word == null || (word.meaning() != Meaning.MONTH && word.meaning() != Meaning.IGNORED)) {
                    throw fields.badFormat();
                }
                if (word.meaning() == Meaning.MONTH) {
                    fields.setNamedMonth(word.value());
                }
                done[i] = true;
            }
        }
        for (int i = 0; i < count; i++) {
            if (!done[i]) {
                readNumber(parts[i], fields.seen());
            }
        }
        // Nothing but a zone may stand before such a date, not even a time.
        if ((fields.seen() & ~(DAY_OF_YEAR | ZONE)) != DATE) {
            throw fields.badFormat();
        }
    }

    private static boolean isAlphanumeric(char c) {
        return DateTimeTokens.isDigit(c) || DateTimeTokens.isAlpha(c);
    }

    /** Decides what a number means by what came before it, and fills that field. */
    private void readNumber(String field, int before) {
        int end = ClockText.digitsEnd(field, 0);
        int value = ClockText.smallInteger(field, 0, end);
        if (value == Integer.MAX_VALUE) {
            throw fields.overflow();
        }
        if (end == 0) {
            throw fields.badFormat();
        }
        if (end < field.length()) {
            if (end > 2) {
                readRunTogether(field, before | DATE);
                return;
            }
            if (!ClockText.isFraction(field, end)) {
                throw fields.badFormat();
            }
            fields.setMicros(ClockText.fractionMicros(field, end));
        }
        int length = field.length();
        int dates = before & DATE;
        if (length == 3 && dates == YEAR && value >= 1 && value <= 366) {
            fields.setDayOfYear(value);
            return;
        }
        TypeContext.DateOrder order = context.dateOrder();
        boolean yearFirst = length >= 3 || order == TypeContext.DateOrder.YMD;
        switch (dates) {
            case 0 -> {
                if (yearFirst) {
                    fields.setYear(value, length);
                } else if (order == TypeContext.DateOrder.DMY) {
                    fields.setDay(value);
                } else {
                    fields.setMonth(value);
                }
            }
            case YEAR, DAY -> fields.setMonth(value);
            case MONTH -> {
                if (fields.monthNamed() && yearFirst) {
                    fields.setYear(value, length);
                } else {
                    fields.setDay(value);
                }
            }
            case YEAR | MONTH -> {
                if (fields.yearMayBeDay() && length >= 3) {
                    fields.swapYearAndDay(value);
                } else {
                    fields.setDay(value);
                }
            }
            case MONTH | DAY -> fields.setYear(value, length);
            case DATE -> readRunTogether(field, before);
            default -> throw fields.badFormat();
        }
    }

    /** yymmdd, yyyymmdd, hhmm or hhmmss, with a fraction behind seconds. */
    private void readRunTogether(String field, int before) {
        int point = field.indexOf('.');
        String digits = field;
        if (point >= 0) {
            if (!ClockText.isFraction(field, point)) {
                throw fields.badFormat();
            }
            fields.setMicros(ClockText.fractionMicros(field, point));
            digits = field.substring(0, point);
        } else if ((before & DATE) != DATE && digits.length() >= 6) {
            int length = digits.length();
            fields.setDate(
                    ClockText.smallInteger(digits, 0, length - 4),
                    ClockText.smallInteger(digits, length - 4, length - 2),
                    ClockText.smallInteger(digits, length - 2, length),
                    length == 6);
            return;
        }
        if ((before & TIME) == 0 && (digits.length() == 6 || digits.length() == 4)) {
            int second = digits.length() == 6 ? ClockText.smallInteger(digits, 4, 6) : 0;
            fields.setTime(ClockText.smallInteger(digits, 0, 2), ClockText.smallInteger(digits, 2, 4), second);
            return;
        }
        throw fields.badFormat();
    }

    private void readWord(int index, String field) {
        Integer abbreviation = ZoneAbbreviations.find(field);
        if (abbreviation != null) {
            fields.setOffset(abbreviation);
            return;
        }
        Word word = DateTimeWords.find(field);
        if (word == null) {
            ZoneId zone = TimeZones.find(field);
            if (zone == null) {
                throw fields.badFormat();
            }
            fields.setZone(zone);
            return;
        }
        switch (word.meaning()) {
            case IGNORED -> {}
            case RESERVED -> fields.setReserved(word.value());
            case MONTH -> fields.setNamedMonthBehindDay(word.value());
            case DAYLIGHT_SAVING -> fields.setDaylight(word.value());
            case AM_PM -> fields.setHalfDay(word.value());
            case ERA -> fields.setEra(word.value());
            case DAY_OF_WEEK -> fields.mark(WEEKDAY);
            case UNIT -> label = word.value();
            case TIME_FOLLOWS -> {
                boolean follows = index + 1 < tokens.count()
                        && (tokens.kind(index + 1) == Kind.NUMBER
                                || tokens.kind(index + 1) == Kind.TIME
                                || tokens.kind(index + 1) == Kind.DATE);
                if (!follows || (!timeOnly && !fields.hasSeen(DATE))) {
                    throw fields.badFormat();
                }
                label = DateTimeWords.TIME;
            }
        }
    }
}
