package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one interval literal: units as words, SQL's year-month and day-time forms, and, if it is none of these, ISO 8601. Fields
 * are read from the right, so that a number meets its unit first.
 */
final class IntervalReader {
    private static final int TIME_UNITS = unitBit(IntervalUnit.HOUR) | unitBit(IntervalUnit.MINUTE) | secondBits();

    private static final int MALFORMED = -1;
    private static final int OUT_OF_RANGE = -2;

    private final String text;
    private final int allowed;
    private final TypeContext context;
    private final IntervalSum sum = new IntervalSum();

    private int seen;
    private @Nullable IntervalUnit unit;
    private boolean forceNegative;
    private boolean ago;
    /** Whether the last word was "ago", which no bare number may precede. */
    private boolean afterAgo;

    private IntervalReader(String text, int allowed, TypeContext context) {
        this.text = text;
        this.allowed = allowed;
        this.context = context;
    }

    /** @param allowed mask of the type modifier's fields, which says what a bare number counts */
    static Interval read(String text, int allowed, TypeContext context) {
        IntervalReader reader = new IntervalReader(text, allowed, context);
        DateTimeTokens tokens = DateTimeTokens.of(text);
        IntervalSum sum = tokens != null && reader.readFields(tokens) ? reader.sum : IsoInterval.read(text);
        if (sum == null) {
            throw DateTimeErrors.badFormat("interval", text);
        }
        if (sum.overflowed()) {
            throw reader.overflow();
        }
        Interval interval = sum.toInterval();
        if (interval == null) {
            throw DateTimeErrors.outOfRange("interval");
        }
        return interval;
    }

    private static int unitBit(IntervalUnit unit) {
        return 1 << unit.ordinal();
    }

    private static int secondBits() {
        return unitBit(IntervalUnit.SECOND) | unitBit(IntervalUnit.MILLISECOND) | unitBit(IntervalUnit.MICROSECOND);
    }

    private SqlException overflow() {
        return DateTimeErrors.intervalOverflow(text);
    }

    /** False if the text is no such interval: it may still be ISO 8601. */
    private boolean readFields(DateTimeTokens tokens) {
        forceNegative = isNegativeThroughout(tokens);
        for (int i = tokens.count() - 1; i >= 0; i--) {
            String field = tokens.field(i);
            int fields = switch (tokens.kind(i)) {
                case TIME -> {
                    int used = readClock(field, 0, forceNegative);
                    unit = IntervalUnit.DAY;
                    afterAgo = false;
                    yield used;
                }
                case ZONE -> readSigned(field);
                case DATE, NUMBER -> readNumber(field);
                case WORD, SPECIAL -> readWord(field);
            };
            if (fields == OUT_OF_RANGE || sum.overflowed()) {
                throw overflow();
            }
            if (fields < 0 || (fields & seen) != 0) {
                return false;
            }
            seen |= fields;
        }
        if (seen == 0) {
            return false;
        }
        if (ago) {
            sum.negate();
        }
        return true;
    }

    /** In SQL's own style a sign before the first field holds for all, unless another one is written. */
    private boolean isNegativeThroughout(DateTimeTokens tokens) {
        if (context.intervalStyle() != TypeContext.IntervalStyle.SQL_STANDARD
                || tokens.count() == 0
                || tokens.field(0).charAt(0) != '-') {
            return false;
        }
        for (int i = 1; i < tokens.count(); i++) {
            char c = tokens.field(i).charAt(0);
            if (c == '-' || c == '+') {
                return false;
            }
        }
        return true;
    }

    private int readSigned(String field) {
        if (field.indexOf(':', 1) >= 0) {
            int used = readClock(field, 1, field.charAt(0) == '-');
            if (used >= 0) {
                unit = IntervalUnit.DAY;
                afterAgo = false;
                return used;
            }
        }
        return readNumber(field);
    }

    /** h:m, h:m:s or m:s.fraction, from {@code from} on. */
    private int readClock(String field, int from, boolean negative) {
        int hourEnd = ClockText.digitsEnd(field, from);
        if (hourEnd == from || hourEnd >= field.length() || field.charAt(hourEnd) != ':') {
            return MALFORMED;
        }
        int minuteEnd = ClockText.digitsEnd(field, hourEnd + 1);
        long hours = ClockText.integer(field, from, hourEnd);
        long minutes = ClockText.integer(field, hourEnd + 1, minuteEnd);
        long seconds = 0;
        long fraction = 0;
        if (minuteEnd == field.length()) {
            if (allowed == (IntervalFieldMask.MINUTE | IntervalFieldMask.SECOND)) {
                seconds = minutes;
                minutes = hours;
                hours = 0;
            }
        } else if (ClockText.isFraction(field, minuteEnd)) {
            fraction = ClockText.fractionMicros(field, minuteEnd);
            seconds = minutes;
            minutes = hours;
            hours = 0;
        } else if (field.charAt(minuteEnd) == ':') {
            int secondEnd = ClockText.digitsEnd(field, minuteEnd + 1);
            seconds = ClockText.integer(field, minuteEnd + 1, secondEnd);
            if (ClockText.isFraction(field, secondEnd)) {
                fraction = ClockText.fractionMicros(field, secondEnd);
            } else if (secondEnd < field.length()) {
                return MALFORMED;
            }
        } else {
            return MALFORMED;
        }
        if (minutes < 0 || seconds < 0) {
            return MALFORMED;
        }
        if (minutes > 59 || seconds > 60 || hours == ClockText.TOO_LARGE) {
            return OUT_OF_RANGE;
        }
        int sign = negative ? -1 : 1;
        sum.clearTime();
        sum.add(IntervalUnit.HOUR, sign * hours, 0);
        sum.add(IntervalUnit.MINUTE, sign * minutes, 0);
        sum.add(IntervalUnit.SECOND, sign * seconds, 0);
        sum.add(IntervalUnit.MICROSECOND, sign * fraction, 0);
        return TIME_UNITS;
    }

    private int readNumber(String field) {
        if (unit == null) {
            unit = lastAllowed();
        }
        int end = ClockText.digitsEnd(field, 0);
        boolean negative = field.charAt(0) == '-';
        if (end == 0 && field.charAt(0) != '.') {
            return MALFORMED;
        }
        long value = ClockText.integer(field, 0, end);
        double fraction = 0;
        if (value == ClockText.TOO_LARGE || value == -ClockText.TOO_LARGE) {
            throw overflow();
        }
        if (end < field.length() && field.charAt(end) == '-') {
            int monthEnd = ClockText.digitsEnd(field, end + 1);
            if (monthEnd < field.length() || !DateTimeTokens.isDigit(field.charAt(field.length() - 1))) {
                return MALFORMED;
            }
            int months = ClockText.smallInteger(field, end + 1, monthEnd);
            if (months < 0 || months >= 12) {
                throw overflow();
            }
            unit = IntervalUnit.MONTH;
            afterAgo = false;
            if (Math.abs(value) > Integer.MAX_VALUE) {
                throw overflow();
            }
            value = value * 12 + (negative ? -months : months);
        } else if (end < field.length()) {
            if (!ClockText.isFraction(field, end)) {
                return MALFORMED;
            }
            fraction = ClockText.fraction(field, end);
            if (negative) {
                fraction = -fraction;
            }
        }
        if (afterAgo) {
            return MALFORMED;
        }
        if (forceNegative) {
            value = -Math.abs(value);
            fraction = -Math.abs(fraction);
        }
        sum.add(unit, value, fraction);
        int read = unit == IntervalUnit.SECOND && fraction != 0 ? secondBits() : unitBit(unit);
        if (unit == IntervalUnit.HOUR) {
            // A number before the hours counts days: '1 2' day to hour.
            unit = IntervalUnit.DAY;
        }
        return read;
    }

    private IntervalUnit lastAllowed() {
        if ((allowed & IntervalFieldMask.SECOND) != 0) {
            return IntervalUnit.SECOND;
        }
        if ((allowed & IntervalFieldMask.MINUTE) != 0) {
            return IntervalUnit.MINUTE;
        }
        if ((allowed & IntervalFieldMask.HOUR) != 0) {
            return IntervalUnit.HOUR;
        }
        if ((allowed & IntervalFieldMask.DAY) != 0) {
            return IntervalUnit.DAY;
        }
        return (allowed & IntervalFieldMask.MONTH) != 0 ? IntervalUnit.MONTH : IntervalUnit.YEAR;
    }

    private int readWord(String field) {
        IntervalUnit found = IntervalUnit.find(field);
        if (found != null) {
            unit = found;
            afterAgo = false;
            return 0;
        }
        if (field.equals("ago")) {
            ago = true;
            afterAgo = true;
            return 0;
        }
        return MALFORMED;
    }
}
