package dev.boreal.queryprocessor.type;

import org.jspecify.annotations.Nullable;

/** Reads intervals of ISO 8601: with designators (P1Y2M3DT4H5M6S) and in the alternative form (P0001-02-03T04:05:06). */
final class IsoInterval {
    private final String text;
    private final IntervalSum sum = new IntervalSum();
    private int at = 1;
    private long whole;
    private double fraction;

    private IsoInterval(String text) {
        this.text = text;
    }

    /** What the text adds up to; null if it is no such interval. */
    static @Nullable IntervalSum read(String text) {
        IsoInterval reader = new IsoInterval(text);
        return text.length() >= 2 && text.charAt(0) == 'P' && reader.readParts() ? reader.sum : null;
    }

    private boolean readParts() {
        boolean date = true;
        boolean any = false;
        while (at < text.length()) {
            if (text.charAt(at) == 'T') {
                date = false;
                any = false;
                at++;
                continue;
            }
            int start = at;
            if (!readNumber()) {
                return false;
            }
            char designator = at < text.length() ? text.charAt(at++) : '\0';
            IntervalUnit unit = date ? dateUnit(designator) : timeUnit(designator);
            if (unit != null) {
                sum.add(unit, whole, fraction);
                any = true;
                continue;
            }
            if (any) {
                return false;
            }
            at = start;
            if (!(date ? readAlternativeDate() : readAlternativeTime())) {
                return false;
            }
            if (at < text.length() && text.charAt(at) != 'T') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable IntervalUnit dateUnit(char designator) {
        return switch (designator) {
            case 'Y' -> IntervalUnit.YEAR;
            case 'M' -> IntervalUnit.MONTH;
            case 'W' -> IntervalUnit.WEEK;
            case 'D' -> IntervalUnit.DAY;
            default -> null;
        };
    }

    private static @Nullable IntervalUnit timeUnit(char designator) {
        return switch (designator) {
            case 'H' -> IntervalUnit.HOUR;
            case 'M' -> IntervalUnit.MINUTE;
            case 'S' -> IntervalUnit.SECOND;
            default -> null;
        };
    }

    /** y-m-d, or yyyymmdd without separators. */
    private boolean readAlternativeDate() {
        int start = at;
        if (!readNumber()) {
            return false;
        }
        boolean separated = at < text.length() && text.charAt(at) == '-';
        if (!separated && at - start == 8) {
            sum.add(IntervalUnit.YEAR, whole / 10_000, 0);
            sum.add(IntervalUnit.MONTH, whole / 100 % 100, 0);
            sum.add(IntervalUnit.DAY, whole % 100, 0);
            return true;
        }
        sum.add(IntervalUnit.YEAR, whole, fraction);
        return readMore('-', IntervalUnit.MONTH) && readMore('-', IntervalUnit.DAY);
    }

    /** h:m:s, or hhmmss without separators, behind which PostgreSQL drops a fraction. */
    private boolean readAlternativeTime() {
        int start = at;
        if (!readNumber()) {
            return false;
        }
        int digits = ClockText.digitsEnd(text, start) - start;
        boolean separated = at < text.length() && text.charAt(at) == ':';
        if (!separated && digits == 6) {
            sum.add(IntervalUnit.HOUR, whole / 10_000, 0);
            sum.add(IntervalUnit.MINUTE, whole / 100 % 100, 0);
            sum.add(IntervalUnit.SECOND, whole % 100, 0);
            return true;
        }
        sum.add(IntervalUnit.HOUR, whole, fraction);
        return readMore(':', IntervalUnit.MINUTE) && readMore(':', IntervalUnit.SECOND);
    }

    private boolean readMore(char separator, IntervalUnit unit) {
        if (at >= text.length() || text.charAt(at) != separator) {
            return true;
        }
        at++;
        if (!readNumber()) {
            return false;
        }
        sum.add(unit, whole, fraction);
        return true;
    }

    private boolean readNumber() {
        int start = at;
        boolean negative = at < text.length() && text.charAt(at) == '-';
        int end = ClockText.digitsEnd(text, start);
        int pointEnd = end;
        if (end < text.length() && text.charAt(end) == '.') {
            pointEnd = end + 1;
            while (pointEnd < text.length() && DateTimeTokens.isDigit(text.charAt(pointEnd))) {
                pointEnd++;
            }
        }
        if (pointEnd == start || !DateTimeTokens.isDigit(text.charAt(pointEnd - 1))) {
            return false;
        }
        whole = ClockText.integer(text, start, end);
        fraction = pointEnd > end ? ClockText.fraction(text.substring(0, pointEnd), end) : 0;
        if (negative) {
            fraction = -fraction;
        }
        at = pointEnd;
        return true;
    }
}
