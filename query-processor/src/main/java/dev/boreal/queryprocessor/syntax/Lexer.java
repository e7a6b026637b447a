package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into tokens by the rules of PostgreSQL's scanner, one at a time. After {@link #next} the fields tell where the token lies.
 * A text that breaks a lexical rule ends in one INVALID token, so that a syntax error before that place is told first, as PostgreSQL does.
 */
final class Lexer {
    private static final int MAXIMUM_OPERATOR_LENGTH = 63;

    private String sql = "";
    private char[] text = new char[1];
    private int length;
    private boolean hasNul;
    private int at;

    /** Offset in UTF-16 units of the token's first unit. */
    int start;

    /** Offset behind its last unit. */
    int end;

    /** The contents of a string, quoted name or number if they differ from the text between its quotes. */
    @Nullable String value;

    /** What an INVALID token is about. */
    @Nullable SqlException error;

    Lexer(String sql) {
        begin(sql);
    }

    /** A lexer to {@link #begin} with later. */
    Lexer() {}

    /** Starts over with another text, in the same buffer if it fits. */
    void begin(String newText) {
        sql = newText;
        length = newText.length();
        if (text.length <= length) {
            text = new char[length + 1];
        }
        newText.getChars(0, length, text, 0);
        text[length] = '\0';
        hasNul = newText.indexOf('\0') >= 0;
        at = 0;
        error = null;
    }

    /** The text's characters, followed by a NUL. */
    char[] characters() {
        return text;
    }

    TokenKind next() {
        value = null;
        if (!skipBlanks()) {
            return TokenKind.INVALID;
        }
        start = at;
        if (at >= length) {
            end = at;
            return TokenKind.END_OF_INPUT;
        }
        TokenKind kind = scan(text[at]);
        end = at;
        return kind;
    }

    /** Whether nothing went wrong; a comment may lack its end. */
    private boolean skipBlanks() {
        while (at < length) {
            char c = text[at];
            if (Characters.isSpace(c)) {
                at++;
            } else if (c == '-' && charAt(at + 1) == '-') {
                skipLineComment();
            } else if (c == '/' && charAt(at + 1) == '*') {
                start = at;
                if (!skipBlockComment()) {
                    end = length;
                    fail("unterminated /* comment");
                    return false;
                }
            } else {
                return true;
            }
        }
        return true;
    }

    private void skipLineComment() {
        while (at < length && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
    }

    private boolean skipBlockComment() {
        int depth = 0;
        while (at < length) {
            char c = text[at];
            if (c == '/' && charAt(at + 1) == '*') {
                depth++;
                at += 2;
            } else if (c == '*' && charAt(at + 1) == '/') {
                depth--;
                at += 2;
                if (depth == 0) {
                    return true;
                }
            } else {
                at++;
            }
        }
        return false;
    }

    private TokenKind scan(char c) {
        if (Characters.isWordStart(c)) {
            return scanWordOrPrefixedString(c);
        }
        if (Characters.isDigit(c)) {
            return scanNumber();
        }
        return switch (c) {
            case '\'' -> scanPlainString();
            case '"' -> scanQuotedName(false);
            case ',' -> single(TokenKind.COMMA);
            case '(' -> single(TokenKind.LEFT_PARENTHESIS);
            case ')' -> single(TokenKind.RIGHT_PARENTHESIS);
            case '[' -> single(TokenKind.LEFT_BRACKET);
            case ']' -> single(TokenKind.RIGHT_BRACKET);
            case ';' -> single(TokenKind.SEMICOLON);
            case '.' -> scanDot();
            case ':' -> scanColon();
            case '$' -> scanDollar();
            case '\0' ->
                failWith(SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\": 0x00");
            default -> Characters.isOperator(c) ? scanOperator() : single(TokenKind.STRAY);
        };
    }

    private TokenKind single(TokenKind kind) {
        at++;
        return kind;
    }

    private TokenKind scanWordOrPrefixedString(char c) {
        char following = charAt(at + 1);
        if (following == '\'') {
            switch (c) {
                case 'e', 'E' -> {
                    return scanEscapeString();
                }
                case 'b', 'B' -> {
                    return scanBits(TokenKind.BIT_STRING, "unterminated bit string literal");
                }
                case 'x', 'X' -> {
                    return scanBits(TokenKind.HEXADECIMAL_STRING, "unterminated hexadecimal string literal");
                }
                case 'n', 'N' -> {
                    return single(TokenKind.NCHAR);
                }
                default -> {}
            }
        } else if (following == '&' && (c == 'u' || c == 'U')) {
            char quote = charAt(at + 2);
            if (quote == '\'') {
                at += 2;
                TokenKind kind = scanPlainString();
                return kind == TokenKind.STRING ? TokenKind.UNICODE_STRING : kind;
            }
            if (quote == '"') {
                at += 2;
                TokenKind kind = scanQuotedName(true);
                return kind == TokenKind.IDENTIFIER ? TokenKind.UNICODE_IDENTIFIER : kind;
            }
        }
        return scanWord();
    }

    private TokenKind scanWord() {
        char[] characters = text;
        int from = at;
        int i = from;
        int hash = 0;
        char c = characters[i];
        do {
            hash = Keywords.extendHash(hash, c);
            c = characters[++i];
        } while (Characters.isWordPart(c));
        at = i;
        TokenKind keyword = Keywords.find(characters, from, i, hash);
        return keyword == null ? TokenKind.IDENTIFIER : keyword;
    }

    /** A string whose only escape is the doubled quote; {@code at} is at its quote. */
    private TokenKind scanPlainString() {
        StringBuilder contents = null;
        int from = ++at;
        while (true) {
            int quote = sql.indexOf('\'', at);
            if (quote < 0) {
                at = length;
                return fail("unterminated quoted string");
            }
            boolean doubled = charAt(quote + 1) == '\'';
            int continuation = doubled ? quote + 2 : continuationAfter(quote + 1);
            if (continuation < 0) {
                if (contents != null) {
                    value = contents.append(sql, from, quote).toString();
                }
                if (hasNul && sql.indexOf('\0', start) >= 0 && sql.indexOf('\0', start) < quote) {
                    return failWith(
                            SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\": 0x00");
                }
                at = quote + 1;
                return TokenKind.STRING;
            }
            if (contents == null) {
                contents = new StringBuilder();
            }
            contents.append(sql, from, doubled ? quote + 1 : quote);
            from = continuation;
            at = continuation;
        }
    }

    /**
     * Strings join across white space that holds a newline.
     *
     * @return the offset behind the quote that goes on, -1 if the string ends
     */
    private int continuationAfter(int offset) {
        boolean newline = false;
        int i = offset;
        while (i < length) {
            char c = text[i];
            if (c == '\n' || c == '\r') {
                newline = true;
                i++;
            } else if (Characters.isSpace(c)) {
                i++;
            } else if (c == '-' && charAt(i + 1) == '-') {
                while (i < length && text[i] != '\n' && text[i] != '\r') {
                    i++;
                }
            } else {
                return newline && c == '\'' ? i + 1 : -1;
            }
        }
        return -1;
    }

    private TokenKind scanEscapeString() {
        at += 2;
        EscapeDecoder decoder = new EscapeDecoder(sql);
        while (at < length) {
            char c = text[at];
            if (c == '\\') {
                at = decoder.escape(at);
                if (decoder.error() != null) {
                    error = decoder.error();
                    return TokenKind.INVALID;
                }
                if (at < 0) {
                    break;
                }
            } else if (c == '\'') {
                boolean doubled = charAt(at + 1) == '\'';
                int continuation = doubled ? at + 2 : continuationAfter(at + 1);
                if (doubled) {
                    decoder.append('\'', at);
                } else if (continuation < 0) {
                    value = decoder.finish(at);
                    error = decoder.error();
                    at++;
                    return error == null ? TokenKind.STRING : TokenKind.INVALID;
                }
                at = continuation;
            } else {
                decoder.append(c, at);
                at++;
            }
            if (decoder.error() != null) {
                error = decoder.error();
                return TokenKind.INVALID;
            }
        }
        at = length;
        return fail("unterminated quoted string");
    }

    private TokenKind scanBits(TokenKind kind, String complaint) {
        at++;
        TokenKind string = scanBitContents();
        return string == TokenKind.STRING ? kind : fail(complaint);
    }

    private TokenKind scanBitContents() {
        StringBuilder contents = new StringBuilder();
        int from = ++at;
        while (true) {
            int quote = sql.indexOf('\'', from);
            if (quote < 0) {
                at = length;
                return TokenKind.INVALID;
            }
            contents.append(sql, from, quote);
            int continuation = continuationAfter(quote + 1);
            if (continuation < 0) {
                value = contents.toString();
                at = quote + 1;
                return TokenKind.STRING;
            }
            from = continuation;
        }
    }

    private TokenKind scanQuotedName(boolean unicode) {
        StringBuilder contents = new StringBuilder();
        int from = ++at;
        while (true) {
            int quote = sql.indexOf('"', from);
            if (quote < 0) {
                at = length;
                return fail("unterminated quoted identifier");
            }
            if (charAt(quote + 1) != '"') {
                contents.append(sql, from, quote);
                at = quote + 1;
                if (contents.isEmpty()) {
                    return fail("zero-length delimited identifier");
                }
                value = unicode ? contents.toString() : Identifiers.truncate(contents.toString());
                return TokenKind.IDENTIFIER;
            }
            contents.append(sql, from, quote + 1);
            from = quote + 2;
        }
    }

    private TokenKind scanDot() {
        char following = charAt(at + 1);
        if (Characters.isDigit(following)) {
            return scanNumber();
        }
        if (following == '.') {
            at += 2;
            return TokenKind.DOT_DOT;
        }
        return single(TokenKind.DOT);
    }

    private TokenKind scanColon() {
        char following = charAt(at + 1);
        if (following == ':') {
            at += 2;
            return TokenKind.TYPE_CAST;
        }
        if (following == '=') {
            at += 2;
            return TokenKind.COLON_EQUALS;
        }
        return single(TokenKind.COLON);
    }

    /** {@code $1} or {@code $tag$...$tag$}. */
    private TokenKind scanDollar() {
        char following = charAt(at + 1);
        if (Characters.isDigit(following)) {
            do {
                at++;
            } while (Characters.isDigit(charAt(at)));
            if (Characters.isWordStart(charAt(at)) && at < length) {
                skipWordParts();
                return fail("trailing junk after parameter");
            }
            if (at - start > 11 || Long.parseLong(sql, start + 1, at, 10) > Integer.MAX_VALUE) {
                return fail("parameter number too large");
            }
            return TokenKind.PARAMETER_NUMBER;
        }
        int tagEnd = at + 1;
        if (tagEnd < length && Characters.isWordStart(following)) {
            while (tagEnd < length && Characters.isWordPart(text[tagEnd]) && text[tagEnd] != '$') {
                tagEnd++;
            }
        }
        if (charAt(tagEnd) != '$') {
            return single(TokenKind.STRAY);
        }
        String tag = sql.substring(at, tagEnd + 1);
        int close = sql.indexOf(tag, tagEnd + 1);
        if (close < 0) {
            at = length;
            return fail("unterminated dollar-quoted string");
        }
        value = sql.substring(tagEnd + 1, close);
        at = close + tag.length();
        return TokenKind.STRING;
    }

    private TokenKind scanOperator() {
        int stop = OperatorScanner.end(text, at, length);
        int from = at;
        at = stop;
        return stop - from > MAXIMUM_OPERATOR_LENGTH
                ? fail("operator too long")
                : OperatorScanner.kind(text, from, stop);
    }

    private TokenKind scanNumber() {
        int i = at;
        while (Characters.isDigit(text[i])) {
            i++;
        }
        boolean plain = i > at && i - at < 10 && text[i] != '.' && !Characters.isWordPart(text[i]);
        if (plain) {
            at = i;
            return TokenKind.INTEGER_LITERAL;
        }
        NumberScanner scanner = new NumberScanner(sql, at);
        at = scanner.scan();
        if (scanner.complaint() != null) {
            return fail(scanner.complaint());
        }
        value = scanner.value();
        return scanner.isInteger() ? TokenKind.INTEGER_LITERAL : TokenKind.NUMERIC_LITERAL;
    }

    private void skipWordParts() {
        while (at < length && Characters.isWordPart(text[at])) {
            at++;
        }
    }

    private char charAt(int offset) {
        return offset < length ? text[offset] : '\0';
    }

    private TokenKind fail(String complaint) {
        error = SyntaxErrors.nearOffset(complaint, sql, start, at);
        return TokenKind.INVALID;
    }

    private TokenKind failWith(String sqlState, String message) {
        error = new SqlException(sqlState, message);
        return TokenKind.INVALID;
    }
}
