package dev.boreal.queryprocessor.function.json;

import static dev.boreal.queryprocessor.function.Arguments.invalid;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.DeclaredColumn;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.TableFunction;
import dev.boreal.queryprocessor.function.json.JsonScan.Member;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Objects as rows of the columns that a call declares: {@code json_to_record} and its kin. */
public final class JsonRecords implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.table("json_to_record(json)", new Records("json_to_record", false, List.of()))
                .table("jsonb_to_record(jsonb)", new Records("jsonb_to_record", false, List.of()))
                .table("json_to_recordset(json)", new Records("json_to_recordset", true, List.of()))
                .table("jsonb_to_recordset(jsonb)", new Records("jsonb_to_recordset", true, List.of()));
    }

    /** @param set whether the argument is an array of objects, not one */
    private record Records(String function, boolean set, List<DeclaredColumn> columns) implements TableFunction {
        @Override
        public TableFunction withColumns(List<DeclaredColumn> declared) {
            return new Records(function, set, List.copyOf(declared));
        }

        @Override
        public Iterator<@Nullable Object[]> rows(EvaluationContext context, @Nullable Object[] arguments) {
            List<@Nullable Object[]> rows = new ArrayList<>();
            Object argument = arguments[0];
            if (argument == null) {
                if (!set) {
                    rows.add(new Object[columns.size()]);
                }
                return rows.iterator();
            }
            String json = argument.toString();
            char kind = JsonScan.kind(json);
            if (set) {
                if (kind != '[') {
                    throw invalid("cannot call " + function + " on " + (kind == '{' ? "an object" : "a scalar"));
                }
                for (Member member : JsonScan.members(json)) {
                    if (JsonScan.kind(member.value()) != '{') {
                        throw invalid("argument of " + function + " must be an array of objects");
                    }
                    rows.add(row(context, member.value()));
                }
            } else {
                if (kind != '{') {
                    throw invalid("cannot call " + function + " on " + (kind == '[' ? "an array" : "a scalar"));
                }
                rows.add(row(context, json));
            }
            return rows.iterator();
        }

        private @Nullable Object[] row(EvaluationContext context, String object) {
            @Nullable Object[] row = new Object[columns.size()];
            for (Member member : JsonScan.members(object)) {
                for (int i = 0; i < row.length; i++) {
                    DeclaredColumn column = columns.get(i);
                    if (column.name().equals(member.key())) {
                        row[i] = value(context, member.value(), column.type(), column.typeModifier(), column.name());
                    }
                }
            }
            return row;
        }
    }

    private static @Nullable Object value(
            EvaluationContext context, String json, SqlType type, int typeModifier, String column) {
        char kind = JsonScan.kind(json);
        if (kind == 'n') {
            return null;
        }
        if (type.oid() == TypeRegistry.JSON.oid() || type.oid() == TypeRegistry.JSONB.oid()) {
            return type.parse(json, context);
        }
        SqlType element = TypeRegistry.elementOf(type);
        if (element != null && kind != '"') {
            return array(context, json, element, typeModifier, column);
        }
        Object value = type.parse(Objects.requireNonNullElse(JsonScan.asText(json), json), context);
        return typeModifier < 0 ? value : type.applyModifier(value, typeModifier, false);
    }

    private static SqlArray array(
            EvaluationContext context, String json, SqlType element, int typeModifier, String column) {
        List<Integer> dimensions = new ArrayList<>();
        String first = json;
        while (JsonScan.kind(first) == '[') {
            List<Member> members = JsonScan.members(first);
            dimensions.add(members.size());
            if (members.isEmpty()) {
                break;
            }
            first = members.getFirst().value();
        }
        if (dimensions.isEmpty()) {
            throw new SqlException(SqlError.error(SqlState.INVALID_TEXT_REPRESENTATION, "expected JSON array")
                    .withHint("See the value of key \"" + column + "\"."));
        }
        List<@Nullable Object> values = new ArrayList<>();
        collect(context, json, element, typeModifier, column, dimensions, 0, values);
        if (values.isEmpty()) {
            return SqlArray.of(element.oid(), new Object[0]);
        }
        int[] lengths = new int[dimensions.size()];
        int[] lowerBounds = new int[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = dimensions.get(i);
            lowerBounds[i] = 1;
        }
        return new SqlArray(element.oid(), lengths, lowerBounds, values.toArray());
    }

    private static void collect(
            EvaluationContext context,
            String json,
            SqlType element,
            int typeModifier,
            String column,
            List<Integer> dimensions,
            int level,
            List<@Nullable Object> values) {
        if (level == dimensions.size()) {
            if (JsonScan.kind(json) == '[') {
                throw malformed(column);
            }
            values.add(value(context, json, element, typeModifier, column));
            return;
        }
        if (JsonScan.kind(json) != '[') {
            throw new SqlException(SqlError.error(SqlState.INVALID_TEXT_REPRESENTATION, "expected JSON array")
                    .withHint("See the value of key \"" + column + "\"."));
        }
        List<Member> members = JsonScan.members(json);
        if (members.size() != dimensions.get(level)) {
            throw malformed(column);
        }
        for (Member member : members) {
            collect(context, member.value(), element, typeModifier, column, dimensions, level + 1, values);
        }
    }

    private static SqlException malformed(String column) {
        return new SqlException(SqlError.error(SqlState.INVALID_TEXT_REPRESENTATION, "malformed JSON array")
                .withDetail("Multidimensional arrays must have sub-arrays with matching dimensions.")
                .withHint("See the value of key \"" + column + "\"."));
    }
}
