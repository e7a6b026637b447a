package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON document, with PostgreSQL's errors. */
final class JsonReader {
    private static final String UNTRANSLATABLE_CHARACTER = "22P05";
    private static final int MAX_DEPTH = 2000;
    private static final int CONTEXT_LENGTH = 50;

    private final String text;
    /** Whether escapes must stand for characters that text can hold, as jsonb needs. */
    private final boolean decode;

    private int at;
    private int tokenEnd;
    private int depth;
    /** Whether the last escape was the first half of a surrogate pair. */
    private boolean halfPair;

    JsonReader(String text, boolean decode) {
        this.text = text;
        this.decode = decode;
    }

    Jsonb readDocument() {
        Jsonb value = readValue();
        skipSpace();
        if (at < text.length()) {
            throw expected("end of input");
        }
        return value;
    }

    private Jsonb readValue() {
        skipSpace();
        if (at >= text.length()) {
            throw endedEarly();
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> readObject();
            case '[' -> readArray();
            case '"' -> new Jsonb.JsonString(readString());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> readNumber();
            case '}', ']', ',', ':' -> throw expected("JSON value");
            default -> readWord();
        };
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new SqlException(SqlState.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
        }
        at++;
    }

    private Jsonb readObject() {
        enter();
        Map<String, Jsonb> entries = new HashMap<>();
        skipSpace();
        if (next() == '}') {
            at++;
            depth--;
            return JsonConstants.EMPTY_OBJECT;
        }
        String wanted = "string or \"}\"";
        while (true) {
            skipSpace();
            if (next() != '"') {
                throw expected(wanted);
            }
            String key = readString();
            skipSpace();
            if (next() != ':') {
                throw expected("\":\"");
            }
            at++;
            entries.put(key, readValue());
            skipSpace();
            char behind = next();
            if (behind == '}') {
                break;
            }
            if (behind != ',') {
                throw expected("\",\" or \"}\"");
            }
            at++;
            wanted = "string";
        }
        at++;
        depth--;
        return Jsonb.object(entries);
    }

    private Jsonb readArray() {
        enter();
        List<Jsonb> elements = new ArrayList<>();
        skipSpace();
        if (next() != ']') {
            while (true) {
                elements.add(readValue());
                skipSpace();
                char behind = next();
                if (behind == ']') {
                    break;
                }
                if (behind != ',') {
                    throw expected("\",\" or \"]\"");
                }
                at++;
            }
        }
        at++;
        depth--;
        return Jsonb.array(elements);
    }

    private Jsonb readWord() {
        int start = at;
        int end = wordEnd(start);
        Jsonb value = switch (text.substring(start, end)) {
            case "true" -> JsonConstants.TRUE;
            case "false" -> JsonConstants.FALSE;
            case "null" -> JsonConstants.NULL;
            default -> throw invalidToken(start, end == start ? text.offsetByCodePoints(start, 1) : end);
        };
        at = end;
        return value;
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWordPart(char c) {
        return DateTimeTokens.isAlpha(c) || DateTimeTokens.isDigit(c) || c == '_' || c >= 0x80;
    }

    private Jsonb readNumber() {
        int start = at;
        int end = at;
        boolean valid;
        if (text.charAt(end) == '-') {
            end++;
        }
        if (end < text.length() && text.charAt(end) == '0') {
            end++;
            valid = true;
        } else {
            int digits = digitsEnd(end);
            valid = digits > end;
            end = digits;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            int digits = digitsEnd(end + 1);
            valid &= digits > end + 1;
            end = digits;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            end++;
            if (end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-')) {
                end++;
            }
            int digits = digitsEnd(end);
            valid &= digits > end;
            end = digits;
        }
        int garbageEnd = wordEnd(end);
        if (!valid || garbageEnd > end) {
            throw invalidToken(start, garbageEnd);
        }
        at = end;
        if (!decode) {
            return JsonConstants.NULL;
        }
        Numeric number = Numeric.parse(text.substring(start, end));
        if (number == null) {
            throw Numeric.overflow();
        }
        return new Jsonb.JsonNumber(number);
    }

    private int digitsEnd(int from) {
        int end = from;
        while (end < text.length() && DateTimeTokens.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private String readString() {
        int start = at;
        int i = at + 1;
        int plainEnd = i;
        while (plainEnd < text.length() && isPlain(text.charAt(plainEnd))) {
            plainEnd++;
        }
        if (plainEnd < text.length() && text.charAt(plainEnd) == '"') {
            at = plainEnd + 1;
            return text.substring(i, plainEnd);
        }
        StringBuilder value = new StringBuilder();
        i = start + 1;
        while (true) {
            if (i >= text.length()) {
                throw invalidToken(start, text.length());
            }
            char c = text.charAt(i);
            if (c == '"') {
                break;
            }
            if (c < 0x20) {
                tokenEnd = i;
                throw syntax("Character with value 0x" + String.format("%02x", (int) c) + " must be escaped.");
            }
            if (c != '\\') {
                requireNoHalfPair(i + 1);
                value.append(c);
                i++;
                continue;
            }
            i = readEscape(start, i, value);
        }
        requireNoHalfPair(i + 1);
        at = i + 1;
        return value.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c != '"' && c != '\\';
    }

    /** Reads the escape at {@code i} and returns the offset behind it. */
    private int readEscape(int start, int i, StringBuilder value) {
        if (i + 1 >= text.length()) {
            throw invalidToken(start, text.length());
        }
        char c = text.charAt(i + 1);
        switch (c) {
            case '"', '\\', '/' -> value.append(c);
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'u' -> {
                readUnicode(start, i + 2, value);
                return i + 6;
            }
            default -> {
                int end = text.offsetByCodePoints(i + 1, 1);
                tokenEnd = end;
                throw syntax("Escape sequence \"\\" + text.substring(i + 1, end) + "\" is invalid.");
            }
        }
        requireNoHalfPair(i + 2);
        return i + 2;
    }

    private void readUnicode(int start, int from, StringBuilder value) {
        int code = 0;
        for (int i = from; i < from + 4; i++) {
            if (i >= text.length()) {
                throw invalidToken(start, text.length());
            }
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                tokenEnd = text.offsetByCodePoints(i, 1);
                throw syntax("\"\\u\" must be followed by four hexadecimal digits.");
            }
            code = code * 16 + digit;
        }
        if (!decode) {
            return;
        }
        tokenEnd = from + 4;
        if (Character.isHighSurrogate((char) code)) {
            if (halfPair) {
                throw syntax("Unicode high surrogate must not follow a high surrogate.");
            }
        } else if (Character.isLowSurrogate((char) code) != halfPair) {
            throw syntax("Unicode low surrogate must follow a high surrogate.");
        }
        if (code == 0) {
            throw error(
                    UNTRANSLATABLE_CHARACTER,
                    "unsupported Unicode escape sequence",
                    "\\u0000 cannot be converted to text.");
        }
        halfPair = Character.isHighSurrogate((char) code);
        value.append((char) code);
    }

    /** The second half of a pair must follow the first at once. */
    private void requireNoHalfPair(int end) {
        if (halfPair) {
            tokenEnd = end;
            throw syntax("Unicode low surrogate must follow a high surrogate.");
        }
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private char next() {
        if (at >= text.length()) {
            throw endedEarly();
        }
        return text.charAt(at);
    }

    private SqlException endedEarly() {
        tokenEnd = text.length();
        return syntax("The input string ended unexpectedly.");
    }

    private SqlException invalidToken(int start, int end) {
        tokenEnd = end;
        return syntax("Token \"" + text.substring(start, end) + "\" is invalid.");
    }

    /** The token at hand is read to its end, since the message shows it; it may itself be invalid. */
    private SqlException expected(String what) {
        int start = at;
        char c = text.charAt(at);
        switch (c) {
            case '{', '}', '[', ']', ',', ':' -> at++;
            case '"' -> readString();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> readNumber();
            default -> readWord();
        }
        tokenEnd = at;
        return syntax("Expected " + what + ", but found \"" + text.substring(start, at) + "\".");
    }

    private SqlException syntax(String detail) {
        return error(SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json", detail);
    }

    private SqlException error(String sqlState, String message, String detail) {
        return new SqlException(
                SqlError.error(sqlState, message).withDetail(detail).withWhere(context()));
    }

    private String context() {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(tokenEnd, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int start = lineStart;
        while (tokenEnd - start >= CONTEXT_LENGTH) {
            start++;
        }
        if (start - lineStart <= 3) {
            start = lineStart;
        }
        boolean more = tokenEnd < text.length() && text.charAt(tokenEnd) != '\n' && text.charAt(tokenEnd) != '\r';
        return "JSON data, line " + line + ": " + (start > lineStart ? "..." : "") + text.substring(start, tokenEnd)
                + (more ? "..." : "");
    }
}
