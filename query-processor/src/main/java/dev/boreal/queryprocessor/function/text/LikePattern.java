package dev.boreal.queryprocessor.function.text;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import org.jspecify.annotations.Nullable;

/** LIKE: {@code %} any characters, {@code _} one character, {@code \} takes the next one literally. */
final class LikePattern {
    private static final String INVALID_ESCAPE_SEQUENCE = "22025";

    private LikePattern() {}

    static boolean matches(String text, String pattern) {
        return matches(text, 0, pattern, 0);
    }

    private static boolean matches(String text, int textStart, String pattern, int patternStart) {
        int t = textStart;
        int p = patternStart;
        while (p < pattern.length()) {
            char c = pattern.charAt(p);
            if (c == '%') {
                return matchesAfterPercent(text, t, pattern, p + 1);
            }
            if (c == '_') {
                if (t >= text.length()) {
                    return false;
                }
                t += Character.charCount(text.codePointAt(t));
            } else {
                if (t >= text.length()) {
                    return false;
                }
                if (c == '\\') {
                    p++;
                    if (p == pattern.length()) {
                        throw endsWithEscape();
                    }
                    c = pattern.charAt(p);
                }
                if (text.charAt(t) != c) {
                    return false;
                }
                t++;
            }
            p++;
        }
        return t == text.length();
    }

    private static boolean matchesAfterPercent(String text, int textStart, String pattern, int patternStart) {
        int t = textStart;
        int p = patternStart;
        while (p < pattern.length() && (pattern.charAt(p) == '%' || pattern.charAt(p) == '_')) {
            if (pattern.charAt(p) == '_') {
                if (t >= text.length()) {
                    return false;
                }
                t += Character.charCount(text.codePointAt(t));
            }
            p++;
        }
        if (p == pattern.length()) {
            return true;
        }
        char first = pattern.charAt(p);
        if (first == '\\') {
            if (p + 1 == pattern.length()) {
                throw endsWithEscape();
            }
            first = pattern.charAt(p + 1);
        }
        for (int start = text.indexOf(first, t); start >= 0; start = text.indexOf(first, start + 1)) {
            if (matches(text, start, pattern, p)) {
                return true;
            }
        }
        return false;
    }

    private static SqlException endsWithEscape() {
        return new SqlException(INVALID_ESCAPE_SEQUENCE, "LIKE pattern must not end with escape character");
    }

    /** A pattern with another escape character as one with the backslash; an empty one switches escaping off. */
    static String withBackslash(String pattern, String escape) {
        int escapeCharacter = escapeOf(escape);
        StringBuilder rewritten = new StringBuilder(pattern.length() + 4);
        boolean escaped = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == escapeCharacter && !escaped) {
                rewritten.append('\\');
                escaped = true;
            } else {
                if (c == '\\' && (!escaped || escapeCharacter != '\\')) {
                    rewritten.append('\\');
                }
                rewritten.append(c);
                escaped = false;
            }
        }
        return rewritten.toString();
    }

    /** The escape character, or -1 if there is none. */
    static int escapeOf(@Nullable String escape) {
        if (escape == null) {
            return '\\';
        }
        if (escape.isEmpty()) {
            return -1;
        }
        if (escape.length() != 1) {
            throw new SqlException(SqlError.error(INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                    .withHint("Escape string must be empty or one character."));
        }
        return escape.charAt(0);
    }
}
