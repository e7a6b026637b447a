package dev.boreal.queryprocessor.function.text;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** unistr: {@code \XXXX}, {@code \+XXXXXX}, {@code \}{@code uXXXX}, {@code \UXXXXXXXX} and {@code \\}. */
final class UnicodeText {
    private UnicodeText() {}

    static String decode(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                result.append(c);
                continue;
            }
            if (text.startsWith("\\\\", i)) {
                result.append('\\');
                i++;
                continue;
            }
            char kind = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            int from = kind == 'u' || kind == 'U' || kind == '+' ? i + 2 : i + 1;
            int digits = kind == 'U' ? 8 : kind == '+' ? 6 : 4;
            result.append(characters(text, from, digits));
            i = from + digits - 1;
        }
        return result.toString();
    }

    private static String characters(String text, int from, int digits) {
        if (from + digits > text.length()) {
            throw invalidEscape();
        }
        long code = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                throw invalidEscape();
            }
            code = code * 16 + digit;
        }
        if (code == 0 || code > Character.MAX_CODE_POINT) {
            throw new SqlException(SqlState.SYNTAX_ERROR, "invalid Unicode code point: " + Long.toHexString(code));
        }
        return code < 0x10000 ? String.valueOf((char) code) : Character.toString((int) code);
    }

    private static SqlException invalidEscape() {
        return new SqlException(SqlError.error(SqlState.SYNTAX_ERROR, "invalid Unicode escape")
                .withHint("Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX."));
    }
}
