package dev.boreal.queryprocessor.function.json;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.invalid;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.SingleColumn;
import dev.boreal.queryprocessor.function.json.JsonScan.Member;
import dev.boreal.queryprocessor.type.SqlArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of json. */
public final class JsonAccess implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.operator("json -> text", (c, a) -> field(text(a, 0), text(a, 1)))
                .operator("json ->> text", (c, a) -> asText(field(text(a, 0), text(a, 1))))
                .operator("json -> int4", (c, a) -> element(text(a, 0), integer(a, 1)))
                .operator("json ->> int4", (c, a) -> asText(element(text(a, 0), integer(a, 1))))
                .operator("json #> _text", (c, a) -> path(text(a, 0), (SqlArray) any(a, 1)))
                .operator("json #>> _text", (c, a) -> asText(path(text(a, 0), (SqlArray) any(a, 1))))
                .scalar("json_extract_path(json,_text)", (c, a) -> path(text(a, 0), (SqlArray) any(a, 1)))
                .scalar("json_extract_path_text(json,_text)", (c, a) -> asText(path(text(a, 0), (SqlArray) any(a, 1))))
                .scalar("json_typeof(json)", (c, a) -> JsonScan.typeName(text(a, 0)))
                .scalar("json_array_length(json)", (c, a) -> {
                    requireArray(
                            text(a, 0),
                            "cannot get array length of a non-array",
                            "cannot get array length of a scalar");
                    return JsonScan.members(text(a, 0)).size();
                })
                .scalar("json_strip_nulls(json)", (c, a) -> stripNulls(text(a, 0)));
        sets(bindings);
    }

    private static void sets(Bindings bindings) {
        bindings.table("json_object_keys(json)", (c, a) -> {
                    requireObject(text(a, 0), "json_object_keys");
                    List<@Nullable Object> keys = new ArrayList<>();
                    for (Member member : JsonScan.members(text(a, 0))) {
                        keys.add(member.key());
                    }
                    return new SingleColumn(keys.iterator());
                })
                .table(
                        "json_each(json)",
                        (c, a) -> each(text(a, 0), false, "json_each").iterator())
                .table(
                        "json_each_text(json)",
                        (c, a) -> each(text(a, 0), true, "json_each_text").iterator())
                .table(
                        "json_array_elements(json)",
                        (c, a) -> new SingleColumn(elements(text(a, 0), false).iterator()))
                .table(
                        "json_array_elements_text(json)",
                        (c, a) -> new SingleColumn(elements(text(a, 0), true).iterator()));
    }

    private static List<@Nullable Object[]> each(String json, boolean asText, String function) {
        requireObject(json, function);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Member member : JsonScan.members(json)) {
            rows.add(new @Nullable Object[] {member.key(), asText ? asText(member.value()) : member.value()});
        }
        return rows;
    }

    private static List<@Nullable Object> elements(String json, boolean asText) {
        String function = asText ? "json_array_elements_text" : "json_array_elements";
        requireArray(json, "cannot call " + function + " on a non-array", "cannot call " + function + " on a scalar");
        List<@Nullable Object> values = new ArrayList<>();
        for (Member member : JsonScan.members(json)) {
            values.add(asText ? asText(member.value()) : member.value());
        }
        return values;
    }

    private static void requireObject(String json, String function) {
        char kind = JsonScan.kind(json);
        if (kind != '{') {
            throw invalid("cannot call " + function + " on " + (kind == '[' ? "an array" : "a scalar"));
        }
    }

    private static void requireArray(String json, String ofObject, String ofScalar) {
        char kind = JsonScan.kind(json);
        if (kind != '[') {
            throw invalid(kind == '{' ? ofObject : ofScalar);
        }
    }

    private static @Nullable String asText(@Nullable String value) {
        return value == null ? null : JsonScan.asText(value);
    }

    private static @Nullable String field(String json, String key) {
        String found = null;
        if (JsonScan.kind(json) == '{') {
            for (Member member : JsonScan.members(json)) {
                if (key.equals(member.key())) {
                    found = member.value();
                }
            }
        }
        return found;
    }

    private static @Nullable String element(String json, int index) {
        if (JsonScan.kind(json) != '[') {
            return null;
        }
        List<Member> members = JsonScan.members(json);
        int at = index < 0 ? members.size() + index : index;
        return at >= 0 && at < members.size() ? members.get(at).value() : null;
    }

    private static @Nullable String path(String json, SqlArray path) {
        String current = json.strip();
        for (Object step : path.elements()) {
            if (step == null || current == null) {
                return null;
            }
            if (JsonScan.kind(current) == '[') {
                Integer index = JsonPathStep.index((String) step);
                current = index == null ? null : element(current, index);
            } else {
                current = field(current, (String) step);
            }
        }
        return current;
    }

    private static String stripNulls(String json) {
        StringBuilder out = new StringBuilder();
        strip(json.strip(), out);
        return out.toString();
    }

    private static void strip(String json, StringBuilder out) {
        char kind = JsonScan.kind(json);
        if (kind != '{' && kind != '[') {
            out.append(json);
            return;
        }
        out.append(kind);
        boolean any = false;
        for (Member member : JsonScan.members(json)) {
            if (kind == '{' && JsonScan.kind(member.value()) == 'n') {
                continue;
            }
            out.append(any ? "," : "");
            String key = member.key();
            if (key != null) {
                out.append(JsonWriter.quote(key)).append(':');
            }
            strip(member.value(), out);
            any = true;
        }
        out.append(kind == '{' ? '}' : ']');
    }
}
