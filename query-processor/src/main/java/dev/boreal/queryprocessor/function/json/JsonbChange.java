package dev.boreal.queryprocessor.function.json;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bool;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.invalid;
import static dev.boreal.queryprocessor.function.Arguments.text;
import static dev.boreal.queryprocessor.function.json.JsonbAccess.jsonb;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.Jsonb;
import dev.boreal.queryprocessor.type.Jsonb.JsonArray;
import dev.boreal.queryprocessor.type.Jsonb.JsonObject;
import dev.boreal.queryprocessor.type.SqlArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** New jsonb values from old ones. */
public final class JsonbChange implements FunctionProvider {
    /** What happens at the end of a path. */
    private enum Change {
        SET_OR_CREATE,
        SET_IF_THERE,
        INSERT_BEFORE,
        INSERT_AFTER,
        DELETE
    }

    @Override
    public void register(Bindings bindings) {
        bindings.operator("jsonb || jsonb", (c, a) -> concatenate(jsonb(a, 0), jsonb(a, 1)))
                .operator("jsonb - text", (c, a) -> without(jsonb(a, 0), List.of(text(a, 1))))
                .operator("jsonb - _text", (c, a) -> {
                    List<String> keys = new ArrayList<>();
                    for (Object key : ((SqlArray) any(a, 1)).elements()) {
                        if (key != null) {
                            keys.add((String) key);
                        }
                    }
                    return without(jsonb(a, 0), keys);
                })
                .operator("jsonb - int4", (c, a) -> withoutIndex(jsonb(a, 0), integer(a, 1)))
                .operator("jsonb #- _text", (c, a) -> change(a, Jsonb.ofNull(), Change.DELETE))
                .scalar(
                        "jsonb_set(jsonb,_text,jsonb,bool)",
                        (c, a) -> change(a, jsonb(a, 2), bool(a, 3) ? Change.SET_OR_CREATE : Change.SET_IF_THERE))
                .scalar(
                        "jsonb_insert(jsonb,_text,jsonb,bool)",
                        (c, a) -> change(a, jsonb(a, 2), bool(a, 3) ? Change.INSERT_AFTER : Change.INSERT_BEFORE))
                .scalar("jsonb_set_lax(jsonb,_text,jsonb,bool,text)", JsonbChange::setLax)
                .scalar("jsonb_strip_nulls(jsonb)", (c, a) -> stripNulls(jsonb(a, 0)))
                .scalar("jsonb_pretty(jsonb)", (c, a) -> {
                    StringBuilder out = new StringBuilder();
                    pretty(jsonb(a, 0), 0, out);
                    return out.toString();
                });
    }

    /** jsonb_set where SQL's NULL stands for a JSON null, a deletion, no change, or an error. */
    private static @Nullable Object setLax(EvaluationContext context, @Nullable Object[] a) {
        if (a[0] == null || a[1] == null || a[3] == null) {
            return null;
        }
        Change set = bool(a, 3) ? Change.SET_OR_CREATE : Change.SET_IF_THERE;
        if (a[4] == null) {
            throw invalid("null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or"
                    + " \"raise_exception\"");
        }
        if (a[2] != null) {
            return change(a, jsonb(a, 2), set);
        }
        return switch (text(a, 4)) {
            case "raise_exception" ->
                throw new SqlException(
                        SqlError.error(SqlState.NULL_VALUE_NOT_ALLOWED, "JSON value must not be null")
                                .withDetail("Exception was raised because null_value_treatment is \"raise_exception\".")
                                .withHint(
                                        "To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed."));
            case "use_json_null" -> change(a, Jsonb.ofNull(), set);
            case "delete_key" -> change(a, Jsonb.ofNull(), Change.DELETE);
            case "return_target" -> a[0];
            default ->
                throw invalid("null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or"
                        + " \"raise_exception\"");
        };
    }

    private static Jsonb concatenate(Jsonb a, Jsonb b) {
        if (a instanceof JsonObject left && b instanceof JsonObject right) {
            Map<String, Jsonb> entries = left.toMap();
            entries.putAll(right.toMap());
            return Jsonb.object(entries);
        }
        List<Jsonb> elements = new ArrayList<>(elements(a));
        elements.addAll(elements(b));
        return Jsonb.array(elements);
    }

    private static List<Jsonb> elements(Jsonb json) {
        return json instanceof JsonArray array ? array.elements() : List.of(json);
    }

    private static Jsonb without(Jsonb json, List<String> keys) {
        return switch (json) {
            case JsonObject object -> {
                Map<String, Jsonb> entries = object.toMap();
                entries.keySet().removeAll(keys);
                yield Jsonb.object(entries);
            }
            case JsonArray array -> {
                List<Jsonb> left = new ArrayList<>();
                for (Jsonb element : array.elements()) {
                    if (!(element instanceof Jsonb.JsonString string) || !keys.contains(string.value())) {
                        left.add(element);
                    }
                }
                yield Jsonb.array(left);
            }
            default -> throw invalid("cannot delete from scalar");
        };
    }

    private static Jsonb withoutIndex(Jsonb json, int index) {
        if (json instanceof JsonObject) {
            throw invalid("cannot delete from object using integer index");
        }
        if (!(json instanceof JsonArray array)) {
            throw invalid("cannot delete from scalar");
        }
        int at = index < 0 ? array.elements().size() + index : index;
        if (at < 0 || at >= array.elements().size()) {
            return json;
        }
        List<Jsonb> left = new ArrayList<>(array.elements());
        left.remove(at);
        return Jsonb.array(left);
    }

    private static Jsonb change(@Nullable Object[] a, Jsonb value, Change change) {
        Jsonb json = jsonb(a, 0);
        SqlArray path = (SqlArray) any(a, 1);
        if (path.dimensions().length > 1) {
            throw new SqlException("2202E", "wrong number of array subscripts");
        }
        if (!(json instanceof JsonObject) && !(json instanceof JsonArray)) {
            throw invalid(change == Change.DELETE ? "cannot delete path in scalar" : "cannot set path in scalar");
        }
        boolean create = change != Change.DELETE && change != Change.SET_IF_THERE;
        boolean empty = json instanceof JsonObject object
                ? object.keys().isEmpty()
                : json instanceof JsonArray array && array.elements().isEmpty();
        return path.elements().length == 0 || (empty && !create)
                ? json
                : changeAt(json, path.elements(), 0, value, change);
    }

    private static Jsonb changeAt(Jsonb json, @Nullable Object[] path, int level, Jsonb value, Change change) {
        Object step = path[level];
        if (step == null) {
            throw new SqlException(
                    SqlState.NULL_VALUE_NOT_ALLOWED, "path element at position " + (level + 1) + " is null");
        }
        return switch (json) {
            case JsonObject object -> changeObject(object, (String) step, path, level, value, change);
            case JsonArray array -> changeArray(array, (String) step, path, level, value, change);
            default -> json;
        };
    }

    private static Jsonb changeObject(
            JsonObject object, String key, @Nullable Object[] path, int level, Jsonb value, Change change) {
        Map<String, Jsonb> entries = object.toMap();
        Jsonb old = object.get(key);
        if (level < path.length - 1) {
            if (old == null) {
                return object;
            }
            entries.put(key, changeAt(old, path, level + 1, value, change));
            return Jsonb.object(entries);
        }
        switch (change) {
            case DELETE -> entries.remove(key);
            case SET_OR_CREATE -> entries.put(key, value);
            case SET_IF_THERE -> entries.replace(key, value);
            case INSERT_BEFORE, INSERT_AFTER -> {
                if (old != null) {
                    throw new SqlException(SqlError.error("22023", "cannot replace existing key")
                            .withHint("Try using the function jsonb_set to replace key value."));
                }
                entries.put(key, value);
            }
        }
        return Jsonb.object(entries);
    }

    private static Jsonb changeArray(
            JsonArray array, String step, @Nullable Object[] path, int level, Jsonb value, Change change) {
        Integer index = JsonPathStep.index(step);
        if (index == null) {
            throw new SqlException(
                    SqlState.INVALID_TEXT_REPRESENTATION,
                    "path element at position " + (level + 1) + " is not an integer: \"" + step + "\"");
        }
        List<Jsonb> elements = new ArrayList<>(array.elements());
        int at = index < 0 ? elements.size() + index : index;
        boolean there = at >= 0 && at < elements.size();
        if (level < path.length - 1) {
            if (there) {
                elements.set(at, changeAt(elements.get(at), path, level + 1, value, change));
            }
            return Jsonb.array(elements);
        }
        if (there) {
            switch (change) {
                case DELETE -> elements.remove(at);
                case SET_OR_CREATE, SET_IF_THERE -> elements.set(at, value);
                case INSERT_BEFORE -> elements.add(at, value);
                case INSERT_AFTER -> elements.add(at + 1, value);
            }
        } else if (change != Change.DELETE && change != Change.SET_IF_THERE) {
            elements.add(at < 0 ? 0 : elements.size(), value);
        }
        return Jsonb.array(elements);
    }

    private static Jsonb stripNulls(Jsonb json) {
        return switch (json) {
            case JsonObject object -> {
                Map<String, Jsonb> entries = object.toMap();
                entries.values().removeIf(value -> value instanceof Jsonb.JsonNull);
                entries.replaceAll((key, value) -> stripNulls(value));
                yield Jsonb.object(entries);
            }
            case JsonArray array -> {
                List<Jsonb> elements = new ArrayList<>();
                for (Jsonb element : array.elements()) {
                    elements.add(stripNulls(element));
                }
                yield Jsonb.array(elements);
            }
            default -> json;
        };
    }

    private static void pretty(Jsonb json, int level, StringBuilder out) {
        switch (json) {
            case JsonObject object -> {
                out.append("{\n");
                for (int i = 0; i < object.keys().size(); i++) {
                    out.append(i == 0 ? "" : ",\n").repeat(' ', 4 * (level + 1));
                    out.append(JsonWriter.quote(object.keys().get(i))).append(": ");
                    pretty(object.values().get(i), level + 1, out);
                }
                out.append(object.keys().isEmpty() ? "" : "\n")
                        .repeat(' ', 4 * level)
                        .append('}');
            }
            case JsonArray array -> {
                out.append("[\n");
                for (int i = 0; i < array.elements().size(); i++) {
                    out.append(i == 0 ? "" : ",\n").repeat(' ', 4 * (level + 1));
                    pretty(array.elements().get(i), level + 1, out);
                }
                out.append(array.elements().isEmpty() ? "" : "\n")
                        .repeat(' ', 4 * level)
                        .append(']');
            }
            default -> out.append(json);
        }
    }
}
