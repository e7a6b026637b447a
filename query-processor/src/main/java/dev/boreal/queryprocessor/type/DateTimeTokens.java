package dev.boreal.queryprocessor.type;

import org.jspecify.annotations.Nullable;

/** Cuts date, time and interval literals into fields by their first characters, before anybody asks what they mean. */
final class DateTimeTokens {
    /** What a field looks like. */
    enum Kind {
        NUMBER,
        DATE,
        TIME,
        WORD,
        /** A sign and a number. */
        ZONE,
        /** A sign and a word. */
        SPECIAL
    }

    private static final int MAX_FIELDS = 25;
    private static final int MAX_LENGTH = 128;

    private final String text;
    private final Kind[] kinds = new Kind[MAX_FIELDS];
    private final String[] fields = new String[MAX_FIELDS];
    private int count;
    private int at;

    private DateTimeTokens(String text) {
        this.text = text;
    }

    /** The fields of a literal; null if it cannot be one. */
    static @Nullable DateTimeTokens of(String text) {
        DateTimeTokens tokens = new DateTimeTokens(text);
        return text.length() <= MAX_LENGTH && tokens.scan() ? tokens : null;
    }

    int count() {
        return count;
    }

    Kind kind(int index) {
        return kinds[index];
    }

    String field(int index) {
        return fields[index];
    }

    private boolean scan() {
        while (at < text.length()) {
            int c = current();
            if (Whitespace.is(c)) {
                at++;
                continue;
            }
            StringBuilder field = new StringBuilder();
            Kind kind;
            if (isDigit(c)) {
                kind = scanNumber(field);
            } else if (c == '.') {
                kind = Kind.NUMBER;
                take(field);
                takeDigits(field);
            } else if (isAlpha(c)) {
                kind = scanWord(field);
            } else if (c == '+' || c == '-') {
                take(field);
                while (Whitespace.is(current())) {
                    at++;
                }
                if (isDigit(current())) {
                    kind = Kind.ZONE;
                    while (isDigit(current()) || isOneOf(":.-")) {
                        take(field);
                    }
                } else if (isAlpha(current())) {
                    kind = Kind.SPECIAL;
                    takeLetters(field);
                } else {
                    return false;
                }
            } else if (c > ' ' && c < 0x7f) {
                at++;
                continue;
            } else {
                return false;
            }
            if (count == MAX_FIELDS) {
                return false;
            }
            kinds[count] = kind;
            fields[count++] = field.toString();
        }
        return true;
    }

    private Kind scanNumber(StringBuilder field) {
        takeDigits(field);
        int c = current();
        if (c == ':') {
            while (isDigit(current()) || isOneOf(":.")) {
                take(field);
            }
            return Kind.TIME;
        }
        if (c != '-' && c != '/' && c != '.') {
            return Kind.NUMBER;
        }
        take(field);
        if (!isDigit(current())) {
            while (isDigit(current()) || isAlpha(current()) || current() == c) {
                take(field);
            }
            return Kind.DATE;
        }
        takeDigits(field);
        if (current() != c) {
            return c == '.' ? Kind.NUMBER : Kind.DATE;
        }
        while (isDigit(current()) || current() == c) {
            take(field);
        }
        return Kind.DATE;
    }

    /** A word may go on as a date (jan-5-1999) or as the name of a zone (America/New_York, EST5EDT). */
    private Kind scanWord(StringBuilder field) {
        takeLetters(field);
        boolean date = isOneOf("-/.");
        if (!date && (current() == '+' || isDigit(current()))) {
            date = DateTimeWords.find(field.toString()) == null;
        }
        if (!date) {
            return Kind.WORD;
        }
        while (isOneOf("+-/_.:") || isDigit(current()) || isAlpha(current())) {
            take(field);
        }
        return Kind.DATE;
    }

    private int current() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private boolean isOneOf(String characters) {
        return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
    }

    private void take(StringBuilder field) {
        char c = text.charAt(at++);
        field.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }

    private void takeDigits(StringBuilder field) {
        while (isDigit(current())) {
            take(field);
        }
    }

    private void takeLetters(StringBuilder field) {
        while (isAlpha(current())) {
            take(field);
        }
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlpha(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
