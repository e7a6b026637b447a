package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** Decodes {@code U&'...'} and {@code U&"..."}: {@code \XXXX} and {@code \+XXXXXX} with an escape character of choice. */
final class UnicodeEscapes {

    private UnicodeEscapes() {}

    static boolean isEscapeCharacter(char c) {
        return c < 128 && Characters.hexValue(c) < 0 && c != '+' && c != '\'' && c != '"' && !Characters.isSpace(c);
    }

    /** @param position of the literal's first character in its contents, for errors */
    static String decode(String contents, char escape, int position) {
        if (contents.indexOf(escape) < 0) {
            return contents;
        }
        StringBuilder text = new StringBuilder(contents.length());
        char high = 0;
        int i = 0;
        while (i < contents.length()) {
            char c = contents.charAt(i);
            int codePoint = c;
            int next = i + 1;
            boolean escaped = c == escape;
            if (escaped && next < contents.length() && contents.charAt(next) == escape) {
                escaped = false;
                next++;
            } else if (escaped) {
                boolean plus = next < contents.length() && contents.charAt(next) == '+';
                int digits = plus ? 6 : 4;
                next += plus ? 1 : 0;
                codePoint = number(contents, next, digits, position + i);
                next += digits;
                if (codePoint == 0 || codePoint > Character.MAX_CODE_POINT) {
                    throw SyntaxErrors.at("invalid Unicode escape value", position + i);
                }
            }
            boolean low = escaped && codePoint >= 0xDC00 && codePoint <= 0xDFFF;
            if (low != (high != 0)) {
                throw SyntaxErrors.at("invalid Unicode surrogate pair", position + i);
            }
            if (escaped && codePoint >= 0xD800 && codePoint < 0xDC00) {
                high = (char) codePoint;
            } else if (low) {
                text.append(high).append((char) codePoint);
                high = 0;
            } else {
                text.appendCodePoint(codePoint);
            }
            i = next;
        }
        if (high != 0) {
            throw SyntaxErrors.at("invalid Unicode surrogate pair", position + i);
        }
        return text.toString();
    }

    private static int number(String contents, int start, int digits, int position) {
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = i < contents.length() ? Characters.hexValue(contents.charAt(i)) : -1;
            if (digit < 0) {
                throw new SqlException(SqlError.error(SqlState.SYNTAX_ERROR, "invalid Unicode escape")
                        .withHint("Unicode escapes must be \\XXXX or \\+XXXXXX.")
                        .withPosition(position));
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
