package dev.boreal.pgwire.message;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8, refused as PostgreSQL refuses it: with the bytes of the first sequence that is wrong. */
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            verify(bytes);
        }
        return text;
    }

    private static void verify(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int length = announcedLength(bytes[at]);
            if (!isLegal(bytes, at, length)) {
                throw new SqlException(SqlState.CHARACTER_NOT_IN_REPERTOIRE, message(bytes, at, length));
            }
            at += length;
        }
    }

    private static int announcedLength(byte first) {
        int unsigned = first & 0xFF;
        if (unsigned < 0xC0) {
            return 1;
        }
        if (unsigned < 0xE0) {
            return 2;
        }
        if (unsigned < 0xF0) {
            return 3;
        }
        return unsigned < 0xF8 ? 4 : 1;
    }

    /** Table 3-7 of the Unicode standard: no overlong form, no surrogate, nothing above U+10FFFF. */
    private static boolean isLegal(byte[] bytes, int at, int length) {
        int first = bytes[at] & 0xFF;
        if (length == 1) {
            return first < 0x80;
        }
        if (at + length > bytes.length) {
            return false;
        }
        int second = bytes[at + 1] & 0xFF;
        int lowest = switch (first) {
            case 0xE0 -> 0xA0;
            case 0xF0 -> 0x90;
            default -> 0x80;
        };
        int highest = switch (first) {
            case 0xED -> 0x9F;
            case 0xF4 -> 0x8F;
            default -> 0xBF;
        };
        if (first < 0xC2 || first > 0xF4 || second < lowest || second > highest) {
            return false;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String message(byte[] bytes, int at, int length) {
        StringBuilder message = new StringBuilder("invalid byte sequence for encoding \"UTF8\":");
        int end = Math.min(bytes.length, at + length);
        for (int i = at; i < end; i++) {
            message.append(" 0x")
                    .append(Character.forDigit((bytes[i] >> 4) & 0xF, 16))
                    .append(Character.forDigit(bytes[i] & 0xF, 16));
        }
        return message.toString();
    }
}
