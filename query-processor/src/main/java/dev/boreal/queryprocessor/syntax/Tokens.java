package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tokens of a text, all of them, ending in END_OF_INPUT or INVALID. Contents of names and strings are made when asked for. */
final class Tokens {
    private final String sql;
    private final boolean surrogates;
    private TokenKind[] kinds;
    private int[] starts;
    private int[] ends;
    private @Nullable String[] values;
    private int count;
    private int countedOffset;
    private int countedCharacters;
    private @Nullable SqlException error;

    Tokens(String sql) {
        this.sql = sql;
        int capacity = 16 + sql.length() / 4;
        kinds = new TokenKind[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
        values = new String[capacity];
        Lexer lexer = new Lexer(sql);
        surrogates = hasSurrogates(lexer.characters());
        read(lexer);
    }

    private static boolean hasSurrogates(char[] text) {
        for (char c : text) {
            if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }

    private void read(Lexer lexer) {
        TokenKind kind;
        do {
            kind = lexer.next();
            add(kind, lexer.start, lexer.end, lexer.value);
            if (kind == TokenKind.UNICODE_STRING || kind == TokenKind.UNICODE_IDENTIFIER) {
                kind = readUnicodeEscapes(lexer);
            }
        } while (kind != TokenKind.END_OF_INPUT && kind != TokenKind.INVALID);
        if (error == null) {
            error = lexer.error;
        }
    }

    private void add(TokenKind kind, int start, int end, @Nullable String value) {
        if (count == kinds.length) {
            int capacity = count * 2;
            kinds = Arrays.copyOf(kinds, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count] = end;
        values[count] = value;
        count++;
    }

    /** Decodes the last token, which may be followed by UESCAPE and its character. Returns the kind of the last token read. */
    private TokenKind readUnicodeEscapes(Lexer lexer) {
        int literal = count - 1;
        boolean name = kinds[literal] == TokenKind.UNICODE_IDENTIFIER;
        String contents = string(literal);
        TokenKind next = lexer.next();
        char escape = '\\';
        try {
            if (next == TokenKind.UESCAPE) {
                next = lexer.next();
                if (next != TokenKind.STRING) {
                    throw lexer.error != null
                            ? lexer.error
                            : SyntaxErrors.nearOffset(
                                    "UESCAPE must be followed by a simple string literal", sql, lexer.start, lexer.end);
                }
                escape = escapeCharacter(lexer);
                ends[literal] = lexer.end;
                next = lexer.next();
            }
            int position = sql.codePointCount(0, starts[literal]) + 4;
            String decoded = UnicodeEscapes.decode(contents, escape, position);
            values[literal] = name ? Identifiers.truncate(decoded) : decoded;
            kinds[literal] = name ? TokenKind.IDENTIFIER : TokenKind.STRING;
        } catch (SqlException invalid) {
            error = invalid;
            kinds[literal] = TokenKind.INVALID;
            return TokenKind.INVALID;
        }
        add(next, lexer.start, lexer.end, lexer.value);
        return next == TokenKind.UNICODE_STRING || next == TokenKind.UNICODE_IDENTIFIER
                ? readUnicodeEscapes(lexer)
                : next;
    }

    private char escapeCharacter(Lexer lexer) {
        String text = lexer.value != null ? lexer.value : sql.substring(lexer.start + 1, lexer.end - 1);
        if (text.length() != 1 || !UnicodeEscapes.isEscapeCharacter(text.charAt(0))) {
            throw SyntaxErrors.nearOffset("invalid Unicode escape character", sql, lexer.start, lexer.end);
        }
        return text.charAt(0);
    }

    TokenKind kind(int index) {
        return index < count ? kinds[index] : kinds[count - 1];
    }

    int start(int index) {
        return starts[Math.min(index, count - 1)];
    }

    int end(int index) {
        return ends[Math.min(index, count - 1)];
    }

    /** 1-based, in code points. */
    int position(int index) {
        int start = start(index);
        return surrogates ? countedPosition(start) : start + 1;
    }

    /** Counts from the place asked for before, so that a whole text is counted once. */
    private int countedPosition(int offset) {
        countedCharacters += offset >= countedOffset
                ? sql.codePointCount(countedOffset, offset)
                : -sql.codePointCount(offset, countedOffset);
        countedOffset = offset;
        return countedCharacters + 1;
    }

    /** The token as written. */
    String text(int index) {
        return sql.substring(start(index), end(index));
    }

    /** A word's or quoted name's meaning. */
    String name(int index) {
        String value = values[index];
        return value != null ? value : Identifiers.fold(sql, starts[index], ends[index]);
    }

    /** A string's contents. */
    String string(int index) {
        String value = values[index];
        if (value != null) {
            return value;
        }
        int from = sql.indexOf('\'', starts[index]) + 1;
        return sql.substring(from, ends[index] - 1);
    }

    /** A number's digits, without underscores and in decimal. */
    String number(int index) {
        String value = values[index];
        return value != null ? value : text(index);
    }

    int parameter(int index) {
        return Integer.parseInt(sql, starts[index] + 1, ends[index], 10);
    }

    int integer(int index) {
        String value = values[index];
        return value != null ? Integer.parseInt(value) : Integer.parseInt(sql, starts[index], ends[index], 10);
    }

    String sql() {
        return sql;
    }

    /** The error that a parser meets at this token: the lexer's if it gave up here. */
    SqlException syntaxError(int index) {
        int i = Math.min(index, count - 1);
        if (kinds[i] == TokenKind.INVALID) {
            return error != null ? error : new SqlException(SqlState.SYNTAX_ERROR, "syntax error");
        }
        return SyntaxErrors.nearOffset("syntax error", sql, starts[i], ends[i]);
    }
}
