package dev.boreal.queryprocessor.function.json;

import dev.boreal.queryprocessor.type.Jsonb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks valid JSON text one level deep, so that parts of a json keep the text they have. */
final class JsonScan {
    private final String text;
    private int at;

    private JsonScan(String text) {
        this.text = text;
    }

    /**
     * A member of an object or array.
     *
     * @param key null in an array
     * @param value its text
     */
    record Member(@Nullable String key, String value) {}

    /** The first character that is no white space: of an object, an array, a string, a number or a word. */
    static char kind(String text) {
        JsonScan scan = new JsonScan(text);
        scan.skipSpace();
        return text.charAt(scan.at);
    }

    static String typeName(String text) {
        return switch (kind(text)) {
            case '{' -> "object";
            case '[' -> "array";
            case '"' -> "string";
            case 't', 'f' -> "boolean";
            case 'n' -> "null";
            default -> "number";
        };
    }

    /** Members in order, repeated keys included; of a scalar none. */
    static List<Member> members(String text) {
        JsonScan scan = new JsonScan(text);
        scan.skipSpace();
        List<Member> members = new ArrayList<>();
        char open = text.charAt(scan.at);
        if (open != '{' && open != '[') {
            return members;
        }
        char close = open == '{' ? '}' : ']';
        scan.at++;
        scan.skipSpace();
        while (text.charAt(scan.at) != close) {
            String key = null;
            if (open == '{') {
                key = string(scan.value());
                scan.skipSpace();
                scan.at++;
            }
            members.add(new Member(key, scan.value()));
            scan.skipSpace();
            if (text.charAt(scan.at) == ',') {
                scan.at++;
                scan.skipSpace();
            }
        }
        return members;
    }

    /** What a JSON string literal stands for. */
    static String string(String literal) {
        return Jsonb.parse(literal) instanceof Jsonb.JsonString value ? value.value() : literal;
    }

    /** As text: without quotes if it is a string, null if it is null. */
    static @Nullable String asText(String value) {
        return switch (kind(value)) {
            case '"' -> string(value);
            case 'n' -> null;
            default -> value;
        };
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String value() {
        skipSpace();
        int start = at;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                skipString();
                if (depth == 0) {
                    return text.substring(start, at);
                }
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                if (depth == 0) {
                    break;
                }
                depth--;
                if (depth == 0) {
                    at++;
                    return text.substring(start, at);
                }
            } else if (depth == 0 && (c == ',' || c == ':' || Character.isWhitespace(c))) {
                break;
            }
            at++;
        }
        return text.substring(start, at);
    }

    private void skipString() {
        at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }
}
