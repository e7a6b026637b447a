package dev.boreal.queryprocessor.type;

/** Small pieces of date and time literals: runs of digits, fractions of a second, h:m:s, offsets. */
final class ClockText {
    /** What {@link #integer} gives for a number that is too large: no field may hold it. */
    static final long TOO_LARGE = Long.MAX_VALUE;

    private ClockText() {}

    /** The offset behind the sign and digits at {@code from}. */
    static int digitsEnd(String text, int from) {
        int at = from;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        while (at < text.length() && DateTimeTokens.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The number in {@code text[from, to)}, sign included; 0 if there are no digits. */
    static long integer(String text, int from, int to) {
        long value = 0;
        boolean negative = from < to && text.charAt(from) == '-';
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (DateTimeTokens.isDigit(c)) {
                if (value > (Long.MAX_VALUE - 9) / 10) {
                    return TOO_LARGE;
                }
                value = value * 10 + (c - '0');
            }
        }
        return negative ? -value : value;
    }

    /** As {@link #integer}, but what does not fit an int is {@code Integer.MAX_VALUE}. */
    static int smallInteger(String text, int from, int to) {
        long value = integer(text, from, to);
        return value == (int) value ? (int) value : Integer.MAX_VALUE;
    }

    /** Whether {@code text} from {@code from} on is a point and digits, or a point alone. */
    static boolean isFraction(String text, int from) {
        if (from >= text.length() || text.charAt(from) != '.') {
            return false;
        }
        for (int i = from + 1; i < text.length(); i++) {
            if (!DateTimeTokens.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The fraction that begins with the point at {@code from}. */
    static double fraction(String text, int from) {
        return text.length() == from + 1 ? 0 : Double.parseDouble("0" + text.substring(from));
    }

    static int fractionMicros(String text, int from) {
        return (int) Math.rint(fraction(text, from) * 1_000_000);
    }

    /**
     * Reads +hh, +hhmm, +hh:mm or +hh:mm:ss.
     *
     * @return seconds east of Greenwich; {@code Integer.MIN_VALUE} if malformed, {@code Integer.MAX_VALUE} if out of range
     */
    static int offset(String text) {
        if (text.isEmpty() || (text.charAt(0) != '+' && text.charAt(0) != '-')) {
            return Integer.MIN_VALUE;
        }
        int hourEnd = 1;
        while (hourEnd < text.length() && DateTimeTokens.isDigit(text.charAt(hourEnd))) {
            hourEnd++;
        }
        int hours = smallInteger(text, 1, hourEnd);
        int minutes = 0;
        int seconds = 0;
        int at = hourEnd;
        if (at < text.length() && text.charAt(at) == ':') {
            int minuteEnd = digitsEnd(text, at + 1);
            minutes = smallInteger(text, at + 1, minuteEnd);
            at = minuteEnd;
            if (at < text.length() && text.charAt(at) == ':') {
                int secondEnd = digitsEnd(text, at + 1);
                seconds = smallInteger(text, at + 1, secondEnd);
                at = secondEnd;
            }
        } else if (at == text.length() && text.length() > 3) {
            minutes = hours % 100;
            hours = hours / 100;
        }
        if (hours > 15 || minutes < 0 || minutes >= 60 || seconds < 0 || seconds >= 60) {
            return Integer.MAX_VALUE;
        }
        if (at != text.length()) {
            return Integer.MIN_VALUE;
        }
        int total = hours * 3600 + minutes * 60 + seconds;
        return text.charAt(0) == '-' ? -total : total;
    }
}
