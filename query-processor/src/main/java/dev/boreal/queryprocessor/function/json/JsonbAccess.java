package dev.boreal.queryprocessor.function.json;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.invalid;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.Casts;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.SingleColumn;
import dev.boreal.queryprocessor.type.Jsonb;
import dev.boreal.queryprocessor.type.Jsonb.JsonArray;
import dev.boreal.queryprocessor.type.Jsonb.JsonObject;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of jsonb, and questions about it. */
public final class JsonbAccess implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.operator("jsonb -> text", (c, a) -> field(jsonb(a, 0), text(a, 1)))
                .operator("jsonb ->> text", (c, a) -> asText(field(jsonb(a, 0), text(a, 1))))
                .operator("jsonb -> int4", (c, a) -> element(jsonb(a, 0), integer(a, 1)))
                .operator("jsonb ->> int4", (c, a) -> asText(element(jsonb(a, 0), integer(a, 1))))
                .operator("jsonb #> _text", (c, a) -> path(jsonb(a, 0), (SqlArray) any(a, 1)))
                .operator("jsonb #>> _text", (c, a) -> asText(path(jsonb(a, 0), (SqlArray) any(a, 1))))
                .scalar("jsonb_extract_path(jsonb,_text)", (c, a) -> path(jsonb(a, 0), (SqlArray) any(a, 1)))
                .scalar(
                        "jsonb_extract_path_text(jsonb,_text)",
                        (c, a) -> asText(path(jsonb(a, 0), (SqlArray) any(a, 1))))
                .operator("jsonb @> jsonb", (c, a) -> jsonb(a, 0).contains(jsonb(a, 1)))
                .operator("jsonb <@ jsonb", (c, a) -> jsonb(a, 1).contains(jsonb(a, 0)))
                .operator("jsonb ? text", (c, a) -> has(jsonb(a, 0), text(a, 1)))
                .operator("jsonb ?| _text", (c, a) -> hasKeys(jsonb(a, 0), (SqlArray) any(a, 1), true))
                .operator("jsonb ?& _text", (c, a) -> hasKeys(jsonb(a, 0), (SqlArray) any(a, 1), false))
                .scalar("jsonb_typeof(jsonb)", (c, a) -> jsonb(a, 0).typeName())
                .scalar("jsonb_array_length(jsonb)", (c, a) -> {
                    if (jsonb(a, 0) instanceof JsonArray array) {
                        return array.elements().size();
                    }
                    throw invalid(
                            jsonb(a, 0) instanceof JsonObject
                                    ? "cannot get array length of a non-array"
                                    : "cannot get array length of a scalar");
                });
        sets(bindings);
        casts(bindings);
    }

    static Jsonb jsonb(@Nullable Object[] arguments, int index) {
        return (Jsonb) any(arguments, index);
    }

    private static void sets(Bindings bindings) {
        bindings.table(
                        "jsonb_object_keys(jsonb)",
                        (c, a) -> new SingleColumn(
                                object(jsonb(a, 0), "jsonb_object_keys").keys().iterator()))
                .table("jsonb_each(jsonb)", (c, a) -> each(jsonb(a, 0), false).iterator())
                .table(
                        "jsonb_each_text(jsonb)",
                        (c, a) -> each(jsonb(a, 0), true).iterator())
                .table(
                        "jsonb_array_elements(jsonb)",
                        (c, a) -> new SingleColumn(array(jsonb(a, 0)).elements().iterator()))
                .table("jsonb_array_elements_text(jsonb)", (c, a) -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (Jsonb value : array(jsonb(a, 0)).elements()) {
                        values.add(asText(value));
                    }
                    return new SingleColumn(values.iterator());
                });
    }

    private static JsonObject object(Jsonb json, String function) {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw invalid("cannot call " + function + " on " + (json instanceof JsonArray ? "an array" : "a scalar"));
    }

    private static JsonArray array(Jsonb json) {
        if (json instanceof JsonArray array) {
            return array;
        }
        throw invalid(
                json instanceof JsonObject
                        ? "cannot extract elements from an object"
                        : "cannot extract elements from a scalar");
    }

    private static List<@Nullable Object[]> each(Jsonb json, boolean asText) {
        if (!(json instanceof JsonObject object)) {
            throw invalid("cannot call " + (asText ? "jsonb_each_text" : "jsonb_each") + " on a non-object");
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < object.keys().size(); i++) {
            Jsonb value = object.values().get(i);
            rows.add(new @Nullable Object[] {object.keys().get(i), asText ? asText(value) : value});
        }
        return rows;
    }

    static @Nullable String asText(@Nullable Jsonb value) {
        if (value == null || value instanceof Jsonb.JsonNull) {
            return null;
        }
        return value instanceof Jsonb.JsonString string ? string.value() : value.toString();
    }

    private static @Nullable Jsonb field(Jsonb json, String key) {
        return json instanceof JsonObject object ? object.get(key) : null;
    }

    /** A scalar counts as an array of itself. */
    private static @Nullable Jsonb element(Jsonb json, int index) {
        if (json instanceof JsonObject) {
            return null;
        }
        if (!(json instanceof JsonArray array)) {
            return index == 0 || index == -1 ? json : null;
        }
        int at = index < 0 ? array.elements().size() + index : index;
        return at >= 0 && at < array.elements().size() ? array.elements().get(at) : null;
    }

    private static @Nullable Jsonb path(Jsonb json, SqlArray path) {
        Jsonb current = json;
        for (Object step : path.elements()) {
            if (step == null || current == null) {
                return null;
            }
            if (current instanceof JsonArray) {
                Integer index = JsonPathStep.index((String) step);
                current = index == null ? null : element(current, index);
            } else {
                current = field(current, (String) step);
            }
        }
        return current;
    }

    private static boolean has(Jsonb json, String key) {
        return switch (json) {
            case JsonObject object -> object.get(key) != null;
            case JsonArray array -> array.elements().contains(Jsonb.of(key));
            case Jsonb.JsonString string -> string.value().equals(key);
            default -> false;
        };
    }

    private static boolean hasKeys(Jsonb json, SqlArray keys, boolean any) {
        for (Object key : keys.elements()) {
            if (key != null && has(json, (String) key) == any) {
                return any;
            }
        }
        return !any;
    }

    private static void casts(Bindings bindings) {
        bindings.cast("jsonb bool", (c, v) -> {
            if (v instanceof Jsonb.JsonBoolean bool) {
                return bool.value();
            }
            throw cannotCast((Jsonb) v, TypeRegistry.BOOL);
        });
        SqlType[] targets = {
            TypeRegistry.INT2,
            TypeRegistry.INT4,
            TypeRegistry.INT8,
            TypeRegistry.FLOAT4,
            TypeRegistry.FLOAT8,
            TypeRegistry.NUMERIC
        };
        for (SqlType target : targets) {
            bindings.cast("jsonb " + target.name(), (c, v) -> number(c, (Jsonb) v, target));
        }
    }

    private static Object number(EvaluationContext context, Jsonb json, SqlType target) {
        if (json instanceof Jsonb.JsonNumber number) {
            return Casts.require(TypeRegistry.NUMERIC, target).cast(context, number.value());
        }
        throw cannotCast(json, target);
    }

    private static SqlException cannotCast(Jsonb json, SqlType target) {
        String kind = switch (json) {
            case Jsonb.JsonNull ignored -> "null";
            case JsonArray ignored -> "array";
            case JsonObject ignored -> "object";
            case Jsonb.JsonString ignored -> "string";
            case Jsonb.JsonBoolean ignored -> "boolean";
            case Jsonb.JsonNumber ignored -> "numeric";
        };
        return invalid("cannot cast jsonb " + kind + " to type " + target.formatName(-1));
    }
}
