package dev.boreal.queryprocessor.function.system;

import static dev.boreal.queryprocessor.function.Arguments.bool;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.CallTypes;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.ScalarFunction;
import dev.boreal.queryprocessor.function.TypeFamily;
import dev.boreal.queryprocessor.type.ByteWriter;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the session says about itself: user, database, settings, transaction. */
public final class SessionFunctions implements FunctionProvider {
    private static final String VERSION = "PostgreSQL 15.13 (Boreal 0.1.0)";
    private static final int UTF8 = 6;

    @Override
    public void register(Bindings bindings) {
        identity(bindings);
        settings(bindings);
        transactions(bindings);
        values(bindings);
    }

    private static void identity(Bindings bindings) {
        bindings.scalar("current_user()", (c, a) -> c.currentUser())
                .scalar("session_user()", (c, a) -> c.sessionUser())
                .scalar("current_database()", (c, a) -> c.currentDatabase())
                .scalar("current_schema()", (c, a) -> currentSchema(c))
                .scalar("current_schemas(bool)", (c, a) -> schemas(c, bool(a, 0)))
                .scalar("version()", (c, a) -> VERSION)
                .scalar("pg_backend_pid()", (c, a) -> c.processId())
                .scalar("inet_client_port(), inet_server_port()", (c, a) -> null)
                .scalar("pg_is_in_recovery(), pg_jit_available()", (c, a) -> false)
                .scalar("pg_trigger_depth()", (c, a) -> 0)
                .scalar("pg_my_temp_schema()", (c, a) -> 0)
                .scalar("pg_is_other_temp_schema(oid)", (c, a) -> false);
    }

    private static @Nullable String currentSchema(EvaluationContext context) {
        for (String name : context.searchPath()) {
            if (context.catalog().findSchema(name) != null) {
                return name;
            }
        }
        return null;
    }

    private static SqlArray schemas(EvaluationContext context, boolean withImplicit) {
        List<String> names = new ArrayList<>();
        if (withImplicit && !context.searchPath().contains("pg_catalog")) {
            names.add("pg_catalog");
        }
        for (String name : context.searchPath()) {
            Schema schema = context.catalog().findSchema(name);
            if (schema != null || name.equals("pg_catalog")) {
                names.add(name);
            }
        }
        return SqlArray.of(TypeRegistry.NAME.oid(), names.toArray());
    }

    private static void settings(Bindings bindings) {
        bindings.scalar("current_setting(text)", (c, a) -> {
                    String value = c.setting(text(a, 0));
                    if (value == null) {
                        throw new SqlException(
                                SqlState.UNDEFINED_OBJECT,
                                "unrecognized configuration parameter \"" + text(a, 0) + "\"");
                    }
                    return value;
                })
                .scalar("current_setting(text,bool)", (c, a) -> {
                    String value = c.setting(text(a, 0));
                    if (value == null && !bool(a, 1)) {
                        throw new SqlException(
                                SqlState.UNDEFINED_OBJECT,
                                "unrecognized configuration parameter \"" + text(a, 0) + "\"");
                    }
                    return value;
                })
                .scalar("set_config(text,text,bool)", (c, a) -> {
                    if (a[0] == null) {
                        throw new SqlException(SqlState.NULL_VALUE_NOT_ALLOWED, "SET requires parameter name");
                    }
                    c.changeSetting(text(a, 0), a[1] == null ? null : text(a, 1), Boolean.TRUE.equals(a[2]));
                    return c.setting(text(a, 0));
                })
                .scalar("pg_client_encoding()", (c, a) -> {
                    String encoding = c.setting("client_encoding");
                    return encoding == null ? "UTF8" : encoding;
                })
                .scalar("getdatabaseencoding()", (c, a) -> "UTF8")
                .scalar("pg_encoding_to_char(int4)", (c, a) -> Encodings.name(integer(a, 0)))
                .scalar("pg_char_to_encoding(name)", (c, a) -> Encodings.number(text(a, 0)))
                .scalar(
                        "pg_encoding_max_length(int4)",
                        (c, a) -> a[0] instanceof Integer number && number == UTF8 ? (Integer) 4 : null);
    }

    private static void transactions(Bindings bindings) {
        bindings.scalar(
                "txid_current(), txid_current_if_assigned(), pg_current_xact_id(), pg_current_xact_id_if_assigned()",
                (c, a) -> c.transactionId());
    }

    private static void values(Bindings bindings) {
        bindings.scalarOf("pg_typeof(any)", types -> {
                    Integer oid = types.argument(0).oid();
                    return (c, a) -> oid;
                })
                .scalarOf("pg_column_size(any)", types -> {
                    SqlType type = types.argument(0);
                    return (c, a) -> {
                        Object value = a[0];
                        if (value == null) {
                            return null;
                        }
                        ByteWriter field = new ByteWriter(32);
                        type.encodeField(value, field);
                        return field.length();
                    };
                })
                .scalarOf("pg_collation_for(any)", types -> {
                    String collation = types.argument(0).category() == 'S' ? "\"default\"" : null;
                    return (c, a) -> a[0] == null ? null : collation;
                })
                .scalarOf("num_nulls(any)", types -> counting(types, true))
                .scalarOf("num_nonnulls(any)", types -> counting(types, false))
                .scalar("gen_random_uuid()", (c, a) -> randomUuid(c.chance()));
    }

    private static UUID randomUuid(Chance chance) {
        long high = (chance.nextLong() & ~0xf000L) | 0x4000L;
        long low = (chance.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static ScalarFunction counting(CallTypes types, boolean nulls) {
        boolean array = types.variadicArray() && TypeFamily.isArray(types.argument(0));
        return (context, arguments) -> {
            @Nullable Object[] values = arguments;
            if (array) {
                if (!(arguments[0] instanceof SqlArray given)) {
                    return null;
                }
                values = given.elements();
            }
            int count = 0;
            for (Object value : values) {
                count += (value == null) == nulls ? 1 : 0;
            }
            return count;
        };
    }
}
