package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.NormalizedStatement.Kind;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns a single SELECT, INSERT, UPDATE or DELETE into the key of the plan cache in one pass over its tokens, so that a statement that differs
 * from an earlier one in its values alone is neither parsed nor planned. {@link LiteralContext} has the rules of what is a value.
 *
 * <p>Buffers are kept between calls: one instance per session, one thread at a time.
 */
public final class StatementNormalizer {
    /** More literals than this make a key that is unlikely to be met again. */
    private static final int MAXIMUM_LITERALS = 256;

    private final LiteralContext context = new LiteralContext();
    private final Lexer lexer = new Lexer();
    private char[] text = new char[256];
    private int length;
    private int copied;
    private Kind[] kinds = new Kind[16];
    private String[] literals = new String[16];
    private int[] offsets = new int[16];
    private int count;

    /**
     * Normalises one statement, with or without a semicolon behind it.
     *
     * @return null for any other statement, several statements, none, or a text that the lexer refuses
     */
    public @Nullable NormalizedStatement normalize(String sql) {
        lexer.begin(sql);
        TokenKind token = lexer.next();
        switch (token) {
            case SELECT, INSERT, UPDATE, DELETE, WITH -> {}
            default -> {
                return null;
            }
        }
        int parameters = sql.indexOf('$') < 0 ? 0 : highestParameter(sql);
        context.reset();
        length = 0;
        count = 0;
        int end = lexer.start;
        copied = lexer.start;
        while (token != TokenKind.END_OF_INPUT) {
            if (token == TokenKind.SEMICOLON) {
                copyTo(end);
                return lexer.next() == TokenKind.END_OF_INPUT ? finish(parameters) : null;
            }
            int start = lexer.start;
            if (start > end) {
                blank(start, end);
            }
            end = lexer.end;
            TokenKind next;
            switch (token) {
                case INTEGER_LITERAL, NUMERIC_LITERAL, STRING -> {
                    String value = lexer.value;
                    next = lexer.next();
                    if (isLifted(token, next)) {
                        copyTo(start);
                        lift(sql, token, value, start, end, parameters);
                        separate(next, lexer.start, end);
                        copied = end;
                    }
                }
                case UNICODE_STRING, UNICODE_IDENTIFIER, INVALID, STRAY -> {
                    return null;
                }
                default -> next = lexer.next();
            }
            context.pass(token);
            token = next;
            if (context.refused() || count > MAXIMUM_LITERALS) {
                return null;
            }
        }
        copyTo(end);
        return finish(parameters);
    }

    /** What stands between two tokens becomes one blank. */
    private void blank(int start, int end) {
        char[] characters = lexer.characters();
        if (start - end != 1 || characters[end] != ' ') {
            copyTo(end);
            ensure(1);
            text[length++] = ' ';
            copied = start;
        }
    }

    /** Copies what was passed since the last copy. */
    private void copyTo(int offset) {
        int size = offset - copied;
        if (size > 0) {
            ensure(size);
            System.arraycopy(lexer.characters(), copied, text, length, size);
            length += size;
            copied = offset;
        }
    }

    private boolean isLifted(TokenKind literal, TokenKind next) {
        return literal == TokenKind.STRING
                ? context.liftsString() && LiteralContext.mayFollowString(next)
                : context.liftsNumber() && LiteralContext.mayFollowNumber(next, context.signed());
    }

    private static int highestParameter(String sql) {
        Lexer lexer = new Lexer(sql);
        int highest = 0;
        while (true) {
            TokenKind token = lexer.next();
            if (token == TokenKind.PARAMETER_NUMBER) {
                highest = Math.max(highest, Integer.parseInt(sql, lexer.start + 1, lexer.end, 10));
            } else if (token == TokenKind.END_OF_INPUT || token == TokenKind.INVALID) {
                return highest;
            }
        }
    }

    private void lift(String sql, TokenKind token, @Nullable String value, int start, int end, int parameters) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            literals = Arrays.copyOf(literals, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        String contents;
        if (token == TokenKind.STRING) {
            contents = value != null ? value : sql.substring(sql.indexOf('\'', start) + 1, end - 1);
            kinds[count] = Kind.STRING;
        } else {
            contents = value != null ? value : sql.substring(start, end);
            if (context.signed()) {
                contents = "-" + contents;
                dropSign();
            }
            kinds[count] = kindOf(token, contents);
        }
        literals[count] = contents;
        offsets[count] = start;
        count++;
        ensure(12);
        text[length++] = '$';
        appendNumber(parameters + count);
    }

    /** Takes back the minus sign, which is part of the literal, and blanks between them. */
    private void dropSign() {
        while (text[length - 1] != '-') {
            length--;
        }
        length--;
    }

    private static Kind kindOf(TokenKind token, String digits) {
        if (token == TokenKind.INTEGER_LITERAL) {
            return Kind.INTEGER;
        }
        if (digits.length() > 20) {
            return Kind.NUMERIC;
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (!Characters.isDigit(c) && (c != '-' || i > 0)) {
                return Kind.NUMERIC;
            }
        }
        if (digits.equals("-2147483648")) {
            return Kind.INTEGER;
        }
        return new BigInteger(digits).bitLength() < Long.SIZE ? Kind.BIGINT : Kind.NUMERIC;
    }

    /** A word may touch a literal, but not a parameter. */
    private void separate(TokenKind next, int nextStart, int end) {
        if (next.word && nextStart == end) {
            ensure(1);
            text[length++] = ' ';
        }
    }

    private void appendNumber(int number) {
        if (number >= 10) {
            appendNumber(number / 10);
        }
        text[length++] = (char) ('0' + number % 10);
    }

    private void ensure(int more) {
        if (length + more > text.length) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, length + more));
        }
    }

    private NormalizedStatement finish(int parameters) {
        if (count > 0) {
            ensure(count + 3);
            text[length++] = ' ';
            text[length++] = '-';
            text[length++] = '-';
            for (int i = 0; i < count; i++) {
                text[length++] = kinds[i].code();
            }
        }
        return new NormalizedStatement(
                new String(text, 0, length),
                parameters + 1,
                Arrays.copyOf(kinds, count),
                Arrays.copyOf(literals, count),
                Arrays.copyOf(offsets, count));
    }
}
