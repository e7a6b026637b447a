package dev.boreal.queryprocessor.type;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text as UTF-8: checked decoding, encoding without garbage where the text is ASCII, and the order of its bytes. */
final class Utf8 {
    private Utf8() {}

    /** Decodes bytes that come from a client. 22021 if they are not UTF-8 or hold a zero byte. */
    static String decodeChecked(byte[] buffer, int offset, int count) {
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            if (buffer[i] <= 0) {
                return decodeUncommon(buffer, offset, count);
            }
        }
        return new String(buffer, offset, count, StandardCharsets.ISO_8859_1);
    }

    private static String decodeUncommon(byte[] buffer, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (buffer[i] == 0) {
                throw invalid("0x00");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(buffer, offset, count))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(firstMalformed(buffer, offset, count));
        }
    }

    private static String firstMalformed(byte[] buffer, int offset, int count) {
        ByteBuffer in = ByteBuffer.wrap(buffer, offset, count);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, java.nio.CharBuffer.allocate(count + 1), true);
        int at = result.isError() ? in.position() : offset;
        int lead = buffer[at] & 0xff;
        int expected =
                lead >= 0xf0 && lead < 0xf8 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc0 && lead < 0xe0 ? 2 : 1;
        StringBuilder bytes = new StringBuilder();
        for (int i = at; i < Math.min(at + expected, offset + count); i++) {
            bytes.append(i == at ? "0x" : " 0x");
            bytes.append(Character.forDigit((buffer[i] >> 4) & 15, 16)).append(Character.forDigit(buffer[i] & 15, 16));
        }
        return bytes.toString();
    }

    private static SqlException invalid(String bytes) {
        return new SqlException(
                SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\": " + bytes);
    }

    /** Appends the text's bytes; those of ASCII text without an intermediate array. */
    static void write(String text, ByteWriter out) {
        int count = text.length();
        int start = out.reserve(count);
        byte[] buffer = out.buffer();
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                out.writeUtf8(text);
                return;
            }
            buffer[start + i] = (byte) c;
        }
        out.setLength(start + count);
    }

    /** Order of the UTF-8 bytes, which is that of code points: surrogates stand above all other characters. */
    static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftSurrogate = Character.isSurrogate(left);
                return leftSurrogate == Character.isSurrogate(right) ? left - right : leftSurrogate ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    /** How many characters, in SQL's sense, the text has. */
    static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
