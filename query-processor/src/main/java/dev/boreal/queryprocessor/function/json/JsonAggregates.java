package dev.boreal.queryprocessor.function.json;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.type.Jsonb;
import dev.boreal.queryprocessor.type.SqlType;
import org.jspecify.annotations.Nullable;

/** json_agg, json_object_agg and their jsonb forms. */
public final class JsonAggregates implements FunctionProvider {
    @Override
    public void register(Bindings bindings) {
        bindings.aggregateOf("json_agg(anyelement)", types -> () -> new Elements(types.argument(0), false))
                .aggregateOf("jsonb_agg(anyelement)", types -> () -> new Elements(types.argument(0), true))
                .aggregateOf(
                        "json_object_agg(any,any)",
                        types -> () -> new Entries(types.argument(0), types.argument(1), false))
                .aggregateOf(
                        "jsonb_object_agg(any,any)",
                        types -> () -> new Entries(types.argument(0), types.argument(1), true));
    }

    private static final class Elements implements AggregateFunction.State {
        @Override
        public boolean collects() {
            return true;
        }

        private final SqlType type;
        private final boolean binary;
        private final StringBuilder out = new StringBuilder();

        Elements(SqlType type, boolean binary) {
            this.type = type;
            this.binary = binary;
        }

        @Override
        public void add(EvaluationContext context, @Nullable Object[] arguments) {
            boolean composite = type.name().equals("record") || type.category() == 'A';
            out.append(out.isEmpty() ? "[" : composite ? ", \n " : ", ")
                    .append(JsonWriter.write(context, type, arguments[0]));
        }

        @Override
        public @Nullable Object result(EvaluationContext context) {
            if (out.isEmpty()) {
                return null;
            }
            String json = out + "]";
            return binary ? Jsonb.parse(json) : json;
        }
    }

    private static final class Entries implements AggregateFunction.State {
        @Override
        public boolean collects() {
            return true;
        }

        private final SqlType keyType;
        private final SqlType valueType;
        private final boolean binary;
        private final StringBuilder out = new StringBuilder();

        Entries(SqlType keyType, SqlType valueType, boolean binary) {
            this.keyType = keyType;
            this.valueType = valueType;
            this.binary = binary;
        }

        @Override
        public void add(EvaluationContext context, @Nullable Object[] arguments) {
            Object key = arguments[0];
            if (key == null) {
                throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "field name must not be null");
            }
            out.append(out.isEmpty() ? "{ " : ", ")
                    .append(JsonWriter.key(context, keyType, key))
                    .append(" : ")
                    .append(JsonWriter.write(context, valueType, arguments[1]));
        }

        @Override
        public @Nullable Object result(EvaluationContext context) {
            if (out.isEmpty()) {
                return null;
            }
            String json = out + " }";
            return binary ? Jsonb.parse(json) : json;
        }
    }
}
