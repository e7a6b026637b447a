package dev.boreal.queryprocessor.function.text;

import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.bytes;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.invalid;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Functions of bytea: digests, encodings, parts. */
public final class BinaryFunctions implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.scalar("md5(text)", (c, a) -> hex(digest("MD5", utf8(text(a, 0)))))
                .scalar("md5(bytea)", (c, a) -> hex(digest("MD5", bytes(a, 0))))
                .scalar("sha224(bytea)", (c, a) -> digest("SHA-224", bytes(a, 0)))
                .scalar("sha256(bytea)", (c, a) -> digest("SHA-256", bytes(a, 0)))
                .scalar("sha384(bytea)", (c, a) -> digest("SHA-384", bytes(a, 0)))
                .scalar("sha512(bytea)", (c, a) -> digest("SHA-512", bytes(a, 0)))
                .scalar("length(bytea), octet_length(bytea)", (c, a) -> bytes(a, 0).length)
                .scalar("bit_length(bytea)", (c, a) -> bytes(a, 0).length * 8)
                .scalar("bit_count(bytea)", (c, a) -> {
                    long count = 0;
                    for (byte b : bytes(a, 0)) {
                        count += Integer.bitCount(b & 0xff);
                    }
                    return count;
                })
                .scalar("encode(bytea,text)", (c, a) -> BinaryText.encode(bytes(a, 0), text(a, 1)))
                .scalar("decode(text,text)", (c, a) -> BinaryText.decode(text(a, 0), text(a, 1)))
                .scalar("convert_from(bytea,name)", (c, a) -> decode(bytes(a, 0), text(a, 1)))
                .scalar("convert_to(text,name)", (c, a) -> encode(text(a, 0), text(a, 1)))
                .scalar("convert(bytea,name,name)", (c, a) -> encode(decode(bytes(a, 0), text(a, 1)), text(a, 2)))
                .scalar(
                        "substring(bytea,int4), substr(bytea,int4)",
                        (c, a) -> part(bytes(a, 0), integer(a, 1), Integer.MAX_VALUE * 2L))
                .scalar("substring(bytea,int4,int4), substr(bytea,int4,int4)", (c, a) -> {
                    if (integer(a, 2) < 0) {
                        throw new SqlException("22011", "negative substring length not allowed");
                    }
                    return part(bytes(a, 0), integer(a, 1), integer(a, 2));
                })
                .scalar("position(bytea,bytea)", (c, a) -> position(bytes(a, 0), bytes(a, 1)))
                .scalar("get_byte(bytea,int4)", (c, a) -> bytes(a, 0)[index(bytes(a, 0), integer(a, 1))] & 0xff)
                .scalar("set_byte(bytea,int4,int4)", (c, a) -> {
                    byte[] copy = bytes(a, 0).clone();
                    copy[index(copy, integer(a, 1))] = (byte) integer(a, 2);
                    return copy;
                })
                .scalar(
                        "get_bit(bytea,int8)",
                        (c, a) -> bytes(a, 0)[bitIndex(bytes(a, 0), bigint(a, 1))] >> (bigint(a, 1) % 8) & 1)
                .scalar("set_bit(bytea,int8,int4)", (c, a) -> {
                    byte[] copy = bytes(a, 0).clone();
                    int at = bitIndex(copy, bigint(a, 1));
                    if (integer(a, 2) != 0 && integer(a, 2) != 1) {
                        throw invalid("new bit must be 0 or 1");
                    }
                    int mask = 1 << (bigint(a, 1) % 8);
                    copy[at] = (byte) (integer(a, 2) == 1 ? copy[at] | mask : copy[at] & ~mask);
                    return copy;
                })
                .scalar(
                        "overlay(bytea,bytea,int4)",
                        (c, a) -> overlay(bytes(a, 0), bytes(a, 1), integer(a, 2), bytes(a, 1).length))
                .scalar(
                        "overlay(bytea,bytea,int4,int4)",
                        (c, a) -> overlay(bytes(a, 0), bytes(a, 1), integer(a, 2), integer(a, 3)))
                .scalar("btrim(bytea,bytea)", (c, a) -> trim(bytes(a, 0), bytes(a, 1), true, true))
                .scalar("ltrim(bytea,bytea)", (c, a) -> trim(bytes(a, 0), bytes(a, 1), true, false))
                .scalar("rtrim(bytea,bytea)", (c, a) -> trim(bytes(a, 0), bytes(a, 1), false, true));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int index(byte[] bytes, int index) {
        if (index < 0 || index >= bytes.length) {
            throw new SqlException("2202E", "index " + index + " out of valid range, 0.." + (bytes.length - 1));
        }
        return index;
    }

    private static int bitIndex(byte[] bytes, long bit) {
        if (bit < 0 || bit >= bytes.length * 8L) {
            throw new SqlException("2202E", "index " + bit + " out of valid range, 0.." + (bytes.length * 8L - 1));
        }
        return (int) (bit / 8);
    }

    private static byte[] overlay(byte[] bytes, byte[] replacement, int start, int count) {
        if (start <= 0) {
            throw new SqlException("22011", "negative substring length not allowed");
        }
        byte[] before = part(bytes, 1, start - 1L);
        byte[] after = part(bytes, (int) Math.min((long) start + count, Integer.MAX_VALUE), Integer.MAX_VALUE);
        byte[] result = Arrays.copyOf(before, before.length + replacement.length + after.length);
        System.arraycopy(replacement, 0, result, before.length, replacement.length);
        System.arraycopy(after, 0, result, before.length + replacement.length, after.length);
        return result;
    }

    private static byte[] part(byte[] bytes, int start, long count) {
        long end = Math.min(start - 1 + count, bytes.length);
        int from = Math.max(start - 1, 0);
        return from >= end ? new byte[0] : Arrays.copyOfRange(bytes, from, (int) end);
    }

    private static int position(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static byte[] trim(byte[] bytes, byte[] set, boolean start, boolean end) {
        int from = 0;
        int to = bytes.length;
        while (start && from < to && contains(set, bytes[from])) {
            from++;
        }
        while (end && to > from && contains(set, bytes[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static boolean contains(byte[] set, byte wanted) {
        for (byte b : set) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    private static Charset charset(String name) {
        return switch (name.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "")) {
            case "UTF8", "UNICODE" -> StandardCharsets.UTF_8;
            case "LATIN1", "ISO88591" -> StandardCharsets.ISO_8859_1;
            case "SQLASCII" -> StandardCharsets.US_ASCII;
            case "LATIN9", "ISO885915" -> Charset.forName("ISO-8859-15");
            case "LATIN2", "ISO88592" -> Charset.forName("ISO-8859-2");
            case "WIN1252" -> Charset.forName("windows-1252");
            case "WIN1250" -> Charset.forName("windows-1250");
            case "WIN1251", "WIN" -> Charset.forName("windows-1251");
            default -> throw invalid("invalid source encoding name \"" + name + "\"");
        };
    }

    private static String decode(byte[] bytes, String encoding) {
        try {
            return charset(encoding)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SqlException(
                    SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                    "invalid byte sequence for encoding \"" + encoding.toUpperCase(Locale.ROOT) + "\"");
        }
    }

    private static byte[] encode(String text, String encoding) {
        try {
            ByteBuffer buffer = charset(encoding).newEncoder().encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[buffer.remaining()];
            buffer.get(encoded);
            return encoded;
        } catch (CharacterCodingException e) {
            throw new SqlException(
                    "22P05", "character with no equivalent in encoding \"" + encoding.toUpperCase(Locale.ROOT) + "\"");
        }
    }
}
