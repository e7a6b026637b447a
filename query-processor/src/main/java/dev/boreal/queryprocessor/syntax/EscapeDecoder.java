package dev.boreal.queryprocessor.syntax;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the escapes of one {@code E''} string. Octal and hexadecimal escapes name bytes of UTF-8, so the bytes are collected and must make
 * characters in the end.
 */
final class EscapeDecoder {
    static final String INVALID_ESCAPE_SEQUENCE = "22025";

    private final String sql;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
    private char highSurrogate;
    private @Nullable SqlException error;

    EscapeDecoder(String sql) {
        this.sql = sql;
    }

    @Nullable SqlException error() {
        return error;
    }

    void append(char c, int offset) {
        endBytes();
        requirePair(offset);
        text.append(c);
    }

    /** The decoded text, when the string ends at the offset. */
    String finish(int offset) {
        endBytes();
        requirePair(offset);
        return text.toString();
    }

    /**
     * Takes in the escape whose backslash is at the offset.
     *
     * @return the offset behind it, -1 if the text ends within it
     */
    int escape(int offset) {
        if (offset + 1 >= sql.length()) {
            return -1;
        }
        char c = sql.charAt(offset + 1);
        return switch (c) {
            case 'u' -> {
                yield unicode(offset, 4);
            }
            case 'U' -> {
                yield unicode(offset, 8);
            }
            case 'x' -> {
                yield hexadecimal(offset);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                yield octal(offset);
            }
            default -> {
                append(plain(c), offset);
                yield offset + 2;
            }
        };
    }

    private static char plain(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            default -> c;
        };
    }

    private int unicode(int offset, int digits) {
        int codePoint = 0;
        for (int i = offset + 2; i < offset + 2 + digits; i++) {
            int digit = i < sql.length() ? Characters.hexValue(sql.charAt(i)) : -1;
            if (digit < 0) {
                error = new SqlException(SqlError.error(INVALID_ESCAPE_SEQUENCE, "invalid Unicode escape")
                        .withHint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX.")
                        .withPosition(position(offset)));
                return -1;
            }
            codePoint = codePoint << 4 | digit;
        }
        endBytes();
        appendCodePoint(codePoint, offset, digits + 2);
        return offset + 2 + digits;
    }

    private void appendCodePoint(int codePoint, int offset, int length) {
        boolean low = codePoint >= 0xDC00 && codePoint <= 0xDFFF;
        if (highSurrogate != 0) {
            if (low) {
                text.append(highSurrogate).append((char) codePoint);
                highSurrogate = 0;
            } else {
                fail("invalid Unicode surrogate pair", offset, length);
            }
        } else if (low) {
            fail("invalid Unicode surrogate pair", offset, length);
        } else if (codePoint >= 0xD800 && codePoint < 0xDC00) {
            highSurrogate = (char) codePoint;
        } else if (codePoint <= 0 || codePoint > Character.MAX_CODE_POINT) {
            fail("invalid Unicode escape value", offset, length);
        } else {
            text.appendCodePoint(codePoint);
        }
    }

    private int octal(int offset) {
        int value = 0;
        int i = offset + 1;
        while (i < offset + 4 && i < sql.length() && sql.charAt(i) >= '0' && sql.charAt(i) <= '7') {
            value = value * 8 + sql.charAt(i) - '0';
            i++;
        }
        appendByte(value & 0xFF, offset);
        return i;
    }

    private int hexadecimal(int offset) {
        int value = 0;
        int i = offset + 2;
        while (i < offset + 4 && i < sql.length() && Characters.hexValue(sql.charAt(i)) >= 0) {
            value = value * 16 + Characters.hexValue(sql.charAt(i));
            i++;
        }
        if (i == offset + 2) {
            append('x', offset);
        } else {
            appendByte(value, offset);
        }
        return i;
    }

    private void appendByte(int value, int offset) {
        requirePair(offset);
        if (value == 0) {
            error = invalidBytes(ByteBuffer.wrap(new byte[] {0}));
        } else if (value < 0x80) {
            endBytes();
            text.append((char) value);
        } else {
            bytes.write(value);
        }
    }

    private void endBytes() {
        if (bytes.size() > 0) {
            ByteBuffer collected = ByteBuffer.wrap(bytes.toByteArray());
            CharBuffer decoded = CharBuffer.allocate(collected.remaining());
            CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(collected, decoded, true);
            if (result.isError()) {
                error = invalidBytes(collected);
            }
            text.append(decoded.flip());
            bytes.reset();
        }
    }

    /** Names the bytes of the character that begins at the buffer's position, as many as its first byte promises. */
    private static SqlException invalidBytes(ByteBuffer buffer) {
        int first = buffer.get(buffer.position()) & 0xFF;
        int promised = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4 : 1;
        StringBuilder message = new StringBuilder("invalid byte sequence for encoding \"UTF8\":");
        for (int i = 0; i < promised && buffer.hasRemaining(); i++) {
            message.append(String.format(" 0x%02x", buffer.get() & 0xFF));
        }
        return new SqlException(SqlState.CHARACTER_NOT_IN_REPERTOIRE, message.toString());
    }

    private void requirePair(int offset) {
        if (highSurrogate != 0) {
            fail("invalid Unicode surrogate pair", offset, 1);
        }
    }

    private void fail(String message, int offset, int length) {
        error = SyntaxErrors.nearOffset(message, sql, offset, Math.min(sql.length(), offset + length));
    }

    private int position(int offset) {
        return sql.codePointCount(0, offset) + 1;
    }
}
