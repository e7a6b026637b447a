package dev.boreal.queryprocessor.function.json;

import static dev.boreal.queryprocessor.function.Arguments.any;
import static dev.boreal.queryprocessor.function.Arguments.bool;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CallTypes;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.ScalarFunction;
import dev.boreal.queryprocessor.function.TypeFamily;
import dev.boreal.queryprocessor.type.Jsonb;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** json and jsonb from values of other types. */
public final class JsonConstruction implements FunctionProvider {
    /** Writes the arguments of one call. */
    private interface Builder {
        String build(EvaluationContext context, List<SqlType> types, List<@Nullable Object> values);
    }

    @Override
    public void register(Bindings bindings) {
        bindings.scalarOf("to_json(anyelement)", types -> (c, a) -> JsonWriter.write(c, types.argument(0), any(a, 0)))
                .scalarOf(
                        "to_jsonb(anyelement)", types -> (c, a) -> JsonWriter.toJsonb(c, types.argument(0), any(a, 0)))
                .scalarOf(
                        "array_to_json(anyarray), row_to_json(record)",
                        types -> (c, a) -> JsonWriter.write(c, types.argument(0), any(a, 0)))
                .scalarOf(
                        "array_to_json(anyarray,bool), row_to_json(record,bool)",
                        types -> (c, a) -> JsonWriter.write(c, types.argument(0), any(a, 0), bool(a, 1)))
                .scalar("json_build_array()", (c, a) -> "[]")
                .scalar("json_build_object()", (c, a) -> "{}")
                .scalar("jsonb_build_array()", (c, a) -> Jsonb.parse("[]"))
                .scalar("jsonb_build_object()", (c, a) -> Jsonb.parse("{}"))
                .scalarOf("json_build_array(any)", variadic(JsonConstruction::array, false))
                .scalarOf("jsonb_build_array(any)", variadic(JsonConstruction::array, true))
                .scalarOf("json_build_object(any)", variadic(JsonConstruction::object, false))
                .scalarOf("jsonb_build_object(any)", variadic(JsonConstruction::object, true))
                .scalar("json_object(_text)", (c, a) -> ofPairs((SqlArray) any(a, 0)))
                .scalar("jsonb_object(_text)", (c, a) -> Jsonb.parse(ofPairs((SqlArray) any(a, 0))))
                .scalar("json_object(_text,_text)", (c, a) -> zip((SqlArray) any(a, 0), (SqlArray) any(a, 1)))
                .scalar(
                        "jsonb_object(_text,_text)",
                        (c, a) -> Jsonb.parse(zip((SqlArray) any(a, 0), (SqlArray) any(a, 1))));
    }

    private static Function<CallTypes, ScalarFunction> variadic(Builder builder, boolean binary) {
        return call -> (context, arguments) -> {
            List<SqlType> types = call.arguments();
            List<@Nullable Object> values = new ArrayList<>(Arrays.asList(arguments));
            SqlType element = call.variadicArray() ? TypeFamily.elementOf(call.argument(0)) : null;
            if (element != null) {
                if (!(arguments[0] instanceof SqlArray array)) {
                    return null;
                }
                values = new ArrayList<>(Arrays.asList(array.elements()));
                types = Collections.nCopies(values.size(), element);
            }
            String json = builder.build(context, types, values);
            return binary ? Jsonb.parse(json) : json;
        };
    }

    private static String array(EvaluationContext context, List<SqlType> types, List<@Nullable Object> values) {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ", ").append(JsonWriter.write(context, types.get(i), values.get(i)));
        }
        return out.append(']').toString();
    }

    private static String object(EvaluationContext context, List<SqlType> types, List<@Nullable Object> values) {
        if (values.size() % 2 != 0) {
            throw new SqlException(SqlError.error(
                            SqlState.INVALID_PARAMETER_VALUE, "argument list must have even number of elements")
                    .withHint("The arguments of json_build_object() must consist of alternating keys and values."));
        }
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < values.size(); i += 2) {
            Object key = values.get(i);
            if (key == null) {
                throw new SqlException(
                        SqlError.error(SqlState.INVALID_PARAMETER_VALUE, "argument " + (i + 1) + " cannot be null")
                                .withHint("Object keys should be text."));
            }
            out.append(i == 0 ? "" : ", ")
                    .append(JsonWriter.key(context, types.get(i), key))
                    .append(" : ")
                    .append(JsonWriter.write(context, types.get(i + 1), values.get(i + 1)));
        }
        return out.append('}').toString();
    }

    private static String ofPairs(SqlArray array) {
        @Nullable Object[] elements = array.elements();
        boolean pairs = array.dimensions().length == 2;
        if (pairs ? array.dimensions()[1] != 2 : elements.length % 2 != 0) {
            throw new SqlException(
                    "2202E", pairs ? "array must have two columns" : "array must have even number of elements");
        }
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < elements.length; i += 2) {
            append(out, i == 0, elements[i], elements[i + 1]);
        }
        return out.append('}').toString();
    }

    private static String zip(SqlArray keys, SqlArray values) {
        if (keys.elements().length != values.elements().length) {
            throw new SqlException("2202E", "mismatched array dimensions");
        }
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < keys.elements().length; i++) {
            append(out, i == 0, keys.elements()[i], values.elements()[i]);
        }
        return out.append('}').toString();
    }

    private static void append(StringBuilder out, boolean first, @Nullable Object key, @Nullable Object value) {
        if (key == null) {
            throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "null value not allowed for object key");
        }
        out.append(first ? "" : ", ").append(JsonWriter.quote((String) key)).append(" : ");
        out.append(value == null ? "null" : JsonWriter.quote((String) value));
    }
}
