package dev.boreal.queryprocessor.copy;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;

/** Whether bytes are text that a PostgreSQL server accepts: well-formed UTF-8 without a zero byte. */
final class Utf8Check {
    private Utf8Check() {}

    /**
     * Checks {@code bytes[from, to)}.
     *
     * @throws SqlException 22021, naming the offending bytes
     */
    static void check(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (bytes[i] > 0) {
                i++;
            } else {
                int length = lengthAt(bytes, i, to);
                if (length == 0) {
                    throw invalid(bytes, i, to);
                }
                i += length;
            }
        }
    }

    /** The length of the character at {@code i}, which is not ASCII; 0 if it is malformed. */
    private static int lengthAt(byte[] bytes, int i, int to) {
        int lead = bytes[i] & 0xff;
        int length = announced(lead);
        if (lead < 0xc2 || lead > 0xf4 || length > to - i) {
            return 0;
        }
        int second = bytes[i + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int announced(int lead) {
        if (lead < 0xc0) {
            return 1;
        }
        if (lead < 0xe0) {
            return 2;
        }
        if (lead < 0xf0) {
            return 3;
        }
        return lead < 0xf8 ? 4 : 1;
    }

    private static SqlException invalid(byte[] bytes, int i, int to) {
        StringBuilder text = new StringBuilder("invalid byte sequence for encoding \"UTF8\":");
        int end = Math.min(to, i + announced(bytes[i] & 0xff));
        for (int k = i; k < end; k++) {
            text.append(" 0x")
                    .append(Character.forDigit((bytes[k] >> 4) & 0xf, 16))
                    .append(Character.forDigit(bytes[k] & 0xf, 16));
        }
        return new SqlException(SqlState.CHARACTER_NOT_IN_REPERTOIRE, text.toString());
    }
}
