package dev.boreal.queryprocessor.function.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** Operations on text in characters, where a character is a code point. */
final class Strings {
    private static final int MAX_BYTES = 0x3fff_ffff;

    private Strings() {}

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** From character {@code start} (from 1, may lie outside), {@code count} characters. */
    static String substring(String text, int start, long count) {
        long end = Math.min(start + count, Integer.MAX_VALUE);
        int length = length(text);
        int from = Math.max(start, 1) - 1;
        long to = Math.min(end - 1, length);
        if (from >= to) {
            return "";
        }
        int begin = text.offsetByCodePoints(0, from);
        return text.substring(begin, text.offsetByCodePoints(begin, (int) to - from));
    }

    /** The first {@code count} characters, or all but the last {@code -count}. */
    static String left(String text, int count) {
        int length = length(text);
        int taken = count >= 0 ? Math.min(count, length) : Math.max(0, length + count);
        return text.substring(0, text.offsetByCodePoints(0, taken));
    }

    static String right(String text, int count) {
        int length = length(text);
        long skipped = count >= 0 ? Math.max(0, length - (long) count) : Math.min(length, -(long) count);
        return text.substring(text.offsetByCodePoints(0, (int) skipped));
    }

    /** Position of a part, from 1; 0 if it is not there. */
    static int position(String text, String part) {
        int index = text.indexOf(part);
        return index < 0 ? 0 : text.codePointCount(0, index) + 1;
    }

    static String padLeft(String text, int length, String fill) {
        String padding = padding(text, length, fill);
        return padding.isEmpty() ? left(text, Math.max(length, 0)) : padding + text;
    }

    static String padRight(String text, int length, String fill) {
        String padding = padding(text, length, fill);
        return padding.isEmpty() ? left(text, Math.max(length, 0)) : text + padding;
    }

    private static String padding(String text, int length, String fill) {
        int missing = length - length(text);
        if (missing <= 0 || fill.isEmpty()) {
            return "";
        }
        checkLength(missing);
        int fillLength = length(fill);
        return fill.repeat(missing / fillLength) + left(fill, missing % fillLength);
    }

    static void checkLength(long bytes) {
        if (bytes > MAX_BYTES) {
            throw new SqlException(SqlState.PROGRAM_LIMIT_EXCEEDED, "requested length too large");
        }
    }

    static String trim(String text, String characters, boolean start, boolean end) {
        int from = 0;
        int to = text.length();
        while (start && from < to) {
            int c = text.codePointAt(from);
            if (characters.indexOf(c) < 0) {
                break;
            }
            from += Character.charCount(c);
        }
        while (end && to > from) {
            int c = text.codePointBefore(to);
            if (characters.indexOf(c) < 0) {
                break;
            }
            to -= Character.charCount(c);
        }
        return text.substring(from, to);
    }

    static String repeat(String text, int count) {
        if (count <= 0) {
            return "";
        }
        checkLength((long) text.length() * count);
        return text.repeat(count);
    }

    /** Character by character, so that the length stays: ß has no upper case. */
    static String upper(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            result.appendCodePoint(Character.toUpperCase(c));
            i += Character.charCount(c);
        }
        return result.toString();
    }

    /** Character by character. */
    static String lower(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            result.appendCodePoint(Character.toLowerCase(c));
            i += Character.charCount(c);
        }
        return result.toString();
    }

    /** The first letter of every word in upper case, the others in lower case. */
    static String capitalize(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            result.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetterOrDigit(c);
            i += Character.charCount(c);
        }
        return result.toString();
    }

    static String translate(String text, String from, String to) {
        int[] sources = from.codePoints().toArray();
        int[] targets = to.codePoints().toArray();
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int at = 0;
            while (at < sources.length && sources[at] != c) {
                at++;
            }
            if (at == sources.length) {
                result.appendCodePoint(c);
            } else if (at < targets.length) {
                result.appendCodePoint(targets[at]);
            }
            i += Character.charCount(c);
        }
        return result.toString();
    }

    /** The {@code n}-th part (from 1, or from the end if negative) between delimiters. */
    static String splitPart(String text, String delimiter, int n) {
        if (n == 0) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "field position must not be zero");
        }
        if (delimiter.isEmpty()) {
            return n == 1 || n == -1 ? text : "";
        }
        int parts = 1;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length())) {
            parts++;
        }
        int wanted = n > 0 ? n : parts + n + 1;
        if (wanted < 1 || wanted > parts) {
            return "";
        }
        int from = 0;
        for (int i = 1; i < wanted; i++) {
            from = text.indexOf(delimiter, from) + delimiter.length();
        }
        int to = text.indexOf(delimiter, from);
        return to < 0 ? text.substring(from) : text.substring(from, to);
    }
}
