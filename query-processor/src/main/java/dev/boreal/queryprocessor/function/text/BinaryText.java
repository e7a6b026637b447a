package dev.boreal.queryprocessor.function.text;

import static dev.boreal.queryprocessor.function.Arguments.invalid;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.type.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** encode and decode: hex, base64 in lines of 76, and escape. */
final class BinaryText {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, new byte[] {'\n'});

    private BinaryText() {}

    static String encode(byte[] bytes, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> HexFormat.of().formatHex(bytes);
            case "base64" -> BASE64.encodeToString(bytes);
            case "escape" -> escape(bytes);
            default -> throw invalid("unrecognized encoding: \"" + format + "\"");
        };
    }

    static byte[] decode(String text, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> hex(text);
            case "base64" -> base64(text);
            case "escape" -> unescape(text);
            default -> throw invalid("unrecognized encoding: \"" + format + "\"");
        };
    }

    private static String escape(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b == 0 || b < 0) {
                text.append('\\')
                        .append((char) ('0' + (b >> 6 & 3)))
                        .append((char) ('0' + (b >> 3 & 7)))
                        .append((char) ('0' + (b & 7)));
            } else if (b == '\\') {
                text.append("\\\\");
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }

    private static byte[] unescape(String text) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        ByteWriter out = new ByteWriter(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '\\') {
                out.writeByte(source[i]);
            } else if (i + 1 < source.length && source[i + 1] == '\\') {
                out.writeByte('\\');
                i++;
            } else if (i + 3 < source.length && octal(source[i + 1]) && octal(source[i + 2]) && octal(source[i + 3])) {
                out.writeByte((source[i + 1] - '0') << 6 | (source[i + 2] - '0') << 3 | (source[i + 3] - '0'));
                i += 3;
            } else {
                throw new SqlException(SqlState.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
            }
        }
        return out.toByteArray();
    }

    private static boolean octal(byte b) {
        return b >= '0' && b <= '7';
    }

    private static byte[] hex(String text) {
        ByteWriter out = new ByteWriter(text.length() / 2);
        int high = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                continue;
            }
            int digit = Character.digit(c, 16);
            if (digit < 0) {
                throw invalid("invalid hexadecimal digit: \"" + c + "\"");
            }
            if (high < 0) {
                high = digit;
            } else {
                out.writeByte(high << 4 | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw invalid("invalid hexadecimal data: odd number of digits");
        }
        return out.toByteArray();
    }

    private static byte[] base64(String text) {
        try {
            StringBuilder compact = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                if (!Character.isWhitespace(text.charAt(i))) {
                    compact.append(text.charAt(i));
                }
            }
            if (compact.length() % 4 != 0) {
                throw endSequence();
            }
            return Base64.getDecoder().decode(compact.toString());
        } catch (IllegalArgumentException e) {
            throw new SqlException(SqlError.error(
                    SqlState.INVALID_PARAMETER_VALUE, "invalid symbol found while decoding base64 sequence"));
        }
    }

    private static SqlException endSequence() {
        return new SqlException(SqlError.error(SqlState.INVALID_PARAMETER_VALUE, "invalid base64 end sequence")
                .withHint("Input data is missing padding, is truncated, or is otherwise corrupted."));
    }
}
