package dev.boreal.queryprocessor.function.text;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.bool;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/** Functions of text. */
public final class StringFunctions implements FunctionProvider {
    private static final String SUBSTRING_ERROR = "22011";

    @Override
    public void register(Bindings bindings) {
        lengths(bindings);
        letters(bindings);
        parts(bindings);
        padding(bindings);
        rewriting(bindings);
        characters(bindings);
        comparisons(bindings);
    }

    private static void lengths(Bindings bindings) {
        bindings.scalar("length(text), char_length(text), character_length(text)", (c, a) -> Strings.length(text(a, 0)))
                .scalar(
                        "length(bpchar), char_length(bpchar), character_length(bpchar)",
                        (c, a) -> Strings.length(text(a, 0).stripTrailing()))
                .scalar("octet_length(text), octet_length(bpchar)", (c, a) -> bytes(text(a, 0)))
                .scalar("bit_length(text)", (c, a) -> bytes(text(a, 0)) * 8);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void letters(Bindings bindings) {
        bindings.scalar("lower(text)", (c, a) -> Strings.lower(text(a, 0)))
                .scalar("upper(text)", (c, a) -> Strings.upper(text(a, 0)))
                .scalar("initcap(text)", (c, a) -> Strings.capitalize(text(a, 0)));
    }

    private static void parts(Bindings bindings) {
        bindings.scalar(
                        "substring(text,int4), substr(text,int4)",
                        (c, a) -> Strings.substring(text(a, 0), integer(a, 1), Integer.MAX_VALUE * 2L))
                .scalar("substring(text,int4,int4), substr(text,int4,int4)", (c, a) -> {
                    if (integer(a, 2) < 0) {
                        throw new SqlException(SUBSTRING_ERROR, "negative substring length not allowed");
                    }
                    return Strings.substring(text(a, 0), integer(a, 1), integer(a, 2));
                })
                .scalar("substring(text,text,text)", (c, a) -> SqlSubstring.find(text(a, 0), text(a, 1), text(a, 2)))
                .scalar("left(text,int4)", (c, a) -> Strings.left(text(a, 0), integer(a, 1)))
                .scalar("right(text,int4)", (c, a) -> Strings.right(text(a, 0), integer(a, 1)))
                .scalar("position(text,text), strpos(text,text)", (c, a) -> Strings.position(text(a, 0), text(a, 1)))
                .scalar(
                        "split_part(text,text,int4)",
                        (c, a) -> Strings.splitPart(text(a, 0), text(a, 1), integer(a, 2)))
                .scalar("starts_with(text,text)", (c, a) -> text(a, 0).startsWith(text(a, 1)))
                .operator("text ^@ text", (c, a) -> text(a, 0).startsWith(text(a, 1)));
    }

    private static void padding(Bindings bindings) {
        bindings.scalar("lpad(text,int4)", (c, a) -> Strings.padLeft(text(a, 0), integer(a, 1), " "))
                .scalar("lpad(text,int4,text)", (c, a) -> Strings.padLeft(text(a, 0), integer(a, 1), text(a, 2)))
                .scalar("rpad(text,int4)", (c, a) -> Strings.padRight(text(a, 0), integer(a, 1), " "))
                .scalar("rpad(text,int4,text)", (c, a) -> Strings.padRight(text(a, 0), integer(a, 1), text(a, 2)))
                .scalar("btrim(text)", (c, a) -> Strings.trim(text(a, 0), " ", true, true))
                .scalar("btrim(text,text)", (c, a) -> Strings.trim(text(a, 0), text(a, 1), true, true))
                .scalar("ltrim(text)", (c, a) -> Strings.trim(text(a, 0), " ", true, false))
                .scalar("ltrim(text,text)", (c, a) -> Strings.trim(text(a, 0), text(a, 1), true, false))
                .scalar("rtrim(text)", (c, a) -> Strings.trim(text(a, 0), " ", false, true))
                .scalar("rtrim(text,text)", (c, a) -> Strings.trim(text(a, 0), text(a, 1), false, true))
                .scalar("repeat(text,int4)", (c, a) -> Strings.repeat(text(a, 0), integer(a, 1)));
    }

    private static void rewriting(Bindings bindings) {
        bindings.scalar(
                        "replace(text,text,text)",
                        (c, a) -> text(a, 1).isEmpty() ? text(a, 0) : text(a, 0).replace(text(a, 1), text(a, 2)))
                .scalar(
                        "reverse(text)",
                        (c, a) -> new StringBuilder(text(a, 0)).reverse().toString())
                .scalar("translate(text,text,text)", (c, a) -> Strings.translate(text(a, 0), text(a, 1), text(a, 2)))
                .scalar(
                        "overlay(text,text,int4)",
                        (c, a) -> overlay(text(a, 0), text(a, 1), integer(a, 2), Strings.length(text(a, 1))))
                .scalar(
                        "overlay(text,text,int4,int4)",
                        (c, a) -> overlay(text(a, 0), text(a, 1), integer(a, 2), integer(a, 3)))
                .scalar("quote_ident(text)", (c, a) -> Quoting.identifier(text(a, 0)))
                .scalar("quote_literal(text)", (c, a) -> Quoting.literal(text(a, 0)))
                .scalar("quote_nullable(text)", (c, a) -> a[0] == null ? "NULL" : Quoting.literal(text(a, 0)))
                .scalarOf(
                        "quote_literal(anyelement)",
                        types -> (c, a) -> Quoting.literal(types.argument(0).format(any(a, 0), c)))
                .scalarOf("quote_nullable(anyelement)", types -> (c, a) -> {
                    Object value = a[0];
                    return value == null
                            ? "NULL"
                            : Quoting.literal(types.argument(0).format(value, c));
                })
                .scalar("normalize(text,text)", (c, a) -> Normalizer.normalize(text(a, 0), form(text(a, 1))))
                .scalar("is_normalized(text,text)", (c, a) -> Normalizer.isNormalized(text(a, 0), form(text(a, 1))));
    }

    private static Normalizer.Form form(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "NFC" -> Normalizer.Form.NFC;
            case "NFD" -> Normalizer.Form.NFD;
            case "NFKC" -> Normalizer.Form.NFKC;
            case "NFKD" -> Normalizer.Form.NFKD;
            default -> throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "invalid normalization form: " + name);
        };
    }

    private static String overlay(String text, String replacement, int start, int count) {
        if (start <= 0) {
            throw new SqlException(SUBSTRING_ERROR, "negative substring length not allowed");
        }
        return Strings.substring(text, 1, start - 1L)
                + replacement
                + Strings.substring(text, (int) Math.min((long) start + count, Integer.MAX_VALUE), Integer.MAX_VALUE);
    }

    private static void characters(Bindings bindings) {
        bindings.scalar(
                        "ascii(text)",
                        (c, a) -> text(a, 0).isEmpty() ? 0 : text(a, 0).codePointAt(0))
                .scalar("chr(int4)", (c, a) -> character(integer(a, 0)))
                .scalar("to_ascii(text)", (c, a) -> {
                    throw new SqlException(
                            SqlState.FEATURE_NOT_SUPPORTED, "encoding conversion from UTF8 to ASCII not supported");
                })
                .scalar("to_hex(int4)", (c, a) -> Integer.toHexString(integer(a, 0)))
                .scalar("to_hex(int8)", (c, a) -> Long.toHexString(bigint(a, 0)))
                .scalar("unistr(text)", (c, a) -> UnicodeText.decode(text(a, 0)))
                .scalar("parse_ident(text,bool)", (c, a) -> QualifiedNameText.parse(text(a, 0), bool(a, 1)));
    }

    private static String character(int code) {
        if (code < 0) {
            throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "character number must be positive");
        }
        if (code == 0) {
            throw new SqlException(SqlState.PROGRAM_LIMIT_EXCEEDED, "null character not permitted");
        }
        if (code > Character.MAX_CODE_POINT || (code >= 0xD800 && code < 0xE000)) {
            throw new SqlException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED, "requested character not valid for encoding: " + code);
        }
        return Character.toString(code);
    }

    private static void comparisons(Bindings bindings) {
        bindings.operator("text ~<~ text, bpchar ~<~ bpchar", (c, a) -> pattern(text(a, 0), text(a, 1)) < 0)
                .operator("text ~<=~ text, bpchar ~<=~ bpchar", (c, a) -> pattern(text(a, 0), text(a, 1)) <= 0)
                .operator("text ~>~ text, bpchar ~>~ bpchar", (c, a) -> pattern(text(a, 0), text(a, 1)) > 0)
                .operator("text ~>=~ text, bpchar ~>=~ bpchar", (c, a) -> pattern(text(a, 0), text(a, 1)) >= 0);
    }

    private static int pattern(String a, String b) {
        return TypeRegistry.TEXT.compare(a, b);
    }
}
