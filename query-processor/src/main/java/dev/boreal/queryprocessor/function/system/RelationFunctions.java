package dev.boreal.queryprocessor.function.system;

import static dev.boreal.queryprocessor.function.Arguments.bigint;
import static dev.boreal.queryprocessor.function.Arguments.bool;
import static dev.boreal.queryprocessor.function.Arguments.integer;
import static dev.boreal.queryprocessor.function.Arguments.numeric;
import static dev.boreal.queryprocessor.function.Arguments.text;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.type.ObjectNames;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sequences, sizes, visibility, comments and names of what is in the catalog. */
public final class RelationFunctions implements FunctionProvider {
    private static final int DEFAULT_TABLESPACE = 1663;
    private static final int GLOBAL_TABLESPACE = 1664;

    @Override
    public void register(Bindings bindings) {
        sequences(bindings);
        sizes(bindings);
        visibility(bindings);
        comments(bindings);
        names(bindings);
    }

    private static void sequences(Bindings bindings) {
        bindings.scalar("nextval(regclass)", (c, a) -> c.nextValue(integer(a, 0)))
                .scalar("currval(regclass)", (c, a) -> c.currentValue(integer(a, 0)))
                .scalar("pg_sequence_last_value(regclass)", (c, a) -> {
                    EvaluationContext.SequencePosition position = c.position(integer(a, 0));
                    return position.called() ? (Long) position.lastValue() : null;
                })
                .scalar("lastval()", (c, a) -> c.lastValue())
                .scalar("setval(regclass,int8)", (c, a) -> {
                    c.setValue(integer(a, 0), bigint(a, 1), true);
                    return bigint(a, 1);
                })
                .scalar("setval(regclass,int8,bool)", (c, a) -> {
                    c.setValue(integer(a, 0), bigint(a, 1), bool(a, 2));
                    return bigint(a, 1);
                });
    }

    private static Long databaseSize(EvaluationContext context) {
        long total = 0;
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Table) {
                total += context.relationSizeBytes(relation.oid());
            }
        }
        return total;
    }

    private static void sizes(Bindings bindings) {
        bindings.scalar("pg_relation_size(regclass), pg_table_size(regclass)", (c, a) -> size(c, integer(a, 0)))
                .scalar(
                        "pg_relation_size(regclass,text)",
                        (c, a) -> text(a, 1).equals("main") ? size(c, integer(a, 0)) : (Long) 0L)
                .scalar("pg_indexes_size(regclass)", (c, a) -> indexSize(c, integer(a, 0)))
                .scalar(
                        "pg_total_relation_size(regclass)",
                        (c, a) -> sum(size(c, integer(a, 0)), indexSize(c, integer(a, 0))))
                .scalar("pg_database_size(name), pg_database_size(oid)", (c, a) -> databaseSize(c))
                .scalar("pg_tablespace_size(name)", (c, a) -> switch (text(a, 0)) {
                    case "pg_default" -> databaseSize(c);
                    case "pg_global" -> 0L;
                    default ->
                        throw new SqlException(
                                SqlState.UNDEFINED_OBJECT, "tablespace \"" + text(a, 0) + "\" does not exist");
                })
                .scalar(
                        "pg_tablespace_size(oid)",
                        (c, a) -> integer(a, 0) == DEFAULT_TABLESPACE
                                ? databaseSize(c)
                                : integer(a, 0) == GLOBAL_TABLESPACE ? (Long) 0L : null)
                .scalar("pg_size_pretty(int8)", (c, a) -> ByteSizes.pretty(bigint(a, 0)))
                .scalar("pg_size_pretty(numeric)", (c, a) -> ByteSizes.pretty(numeric(a, 0)))
                .scalar("pg_size_bytes(text)", (c, a) -> ByteSizes.parse(text(a, 0)));
    }

    private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
        return a == null || b == null ? null : (Long) (a + b);
    }

    private static @Nullable Long size(EvaluationContext context, int oid) {
        boolean exists =
                context.catalog().relation(oid) != null || context.catalog().tableOfIndex(oid) != null;
        return exists ? (Long) context.relationSizeBytes(oid) : null;
    }

    private static @Nullable Long indexSize(EvaluationContext context, int oid) {
        Relation relation = context.catalog().relation(oid);
        if (relation == null) {
            return null;
        }
        long total = 0;
        if (relation instanceof Table table) {
            for (Index index : table.indexes()) {
                total += index.primary() ? 0 : context.relationSizeBytes(index.oid());
            }
        }
        return total;
    }

    private static void visibility(Bindings bindings) {
        bindings.scalar("pg_table_is_visible(oid)", (c, a) -> tableVisible(c, integer(a, 0)))
                .scalar(
                        "pg_type_is_visible(oid)",
                        (c, a) -> TypeRegistry.find(integer(a, 0)) == null
                                ? rowTypeVisible(c, integer(a, 0))
                                : Boolean.TRUE)
                .scalar(
                        "pg_function_is_visible(oid)",
                        (c, a) -> FunctionRegistry.function(integer(a, 0)) == null ? null : Boolean.TRUE)
                .scalar(
                        "pg_operator_is_visible(oid)",
                        (c, a) -> FunctionRegistry.operator(integer(a, 0)) == null ? null : Boolean.TRUE)
                .scalar(
                        "pg_collation_is_visible(oid), pg_conversion_is_visible(oid), pg_opclass_is_visible(oid),"
                                + " pg_opfamily_is_visible(oid), pg_statistics_obj_is_visible(oid),"
                                + " pg_ts_config_is_visible(oid), pg_ts_dict_is_visible(oid),"
                                + " pg_ts_parser_is_visible(oid), pg_ts_template_is_visible(oid)",
                        (c, a) -> true);
    }

    private static @Nullable Boolean rowTypeVisible(EvaluationContext context, int oid) {
        return context.names().nameOf(ObjectNames.Kind.TYPE, oid) == null ? null : Boolean.TRUE;
    }

    /** Whether the name alone finds it along the search path. */
    private static @Nullable Boolean tableVisible(EvaluationContext context, int oid) {
        Relation relation = context.catalog().relation(oid);
        String name;
        int schemaOid;
        if (relation != null) {
            name = relation.name();
            schemaOid = relation.schemaOid();
        } else {
            Table table = context.catalog().tableOfIndex(oid);
            if (table == null) {
                return null;
            }
            name = indexName(table, oid);
            schemaOid = table.schemaOid();
        }
        List<String> path = new ArrayList<>(context.searchPath());
        if (!path.contains("pg_catalog")) {
            path.addFirst("pg_catalog");
        }
        for (String schemaName : path) {
            Schema schema = context.catalog().findSchema(schemaName);
            if (schema == null) {
                continue;
            }
            boolean found = context.catalog().findRelation(schema.oid(), name) != null
                    || context.catalog().findTableOfIndex(schema.oid(), name) != null;
            if (found) {
                return schema.oid() == schemaOid;
            }
        }
        return false;
    }

    private static String indexName(Table table, int oid) {
        for (Index index : table.indexes()) {
            if (index.oid() == oid) {
                return index.name();
            }
        }
        return "";
    }

    private static void comments(Bindings bindings) {
        bindings.scalar("obj_description(oid)", (c, a) -> comment(c, integer(a, 0)))
                .scalar("obj_description(oid,name)", (c, a) -> switch (text(a, 1)) {
                    case "pg_class" -> comment(c, integer(a, 0));
                    case "pg_namespace" -> schemaComment(c, integer(a, 0));
                    default -> null;
                })
                .scalar("col_description(oid,int4)", (c, a) -> {
                    Relation relation = c.catalog().relation(integer(a, 0));
                    int number = integer(a, 1);
                    if (relation == null
                            || number < 1
                            || number > relation.columns().size()) {
                        return null;
                    }
                    Column column = relation.columns().get(number - 1);
                    return column.dropped() ? null : column.comment();
                })
                .scalar("shobj_description(oid,name)", (c, a) -> null);
    }

    private static @Nullable String schemaComment(EvaluationContext context, int oid) {
        Schema schema = context.catalog().schema(oid);
        return schema == null ? null : schema.comment();
    }

    private static @Nullable String comment(EvaluationContext context, int oid) {
        Relation relation = context.catalog().relation(oid);
        if (relation instanceof Table table) {
            return table.comment();
        }
        if (relation instanceof View view) {
            return view.comment();
        }
        if (relation instanceof Sequence sequence) {
            return sequence.comment();
        }
        Table table = context.catalog().tableOfIndex(oid);
        if (table != null) {
            for (Index index : table.indexes()) {
                if (index.oid() == oid) {
                    return index.comment();
                }
            }
        }
        return null;
    }

    private static void names(Bindings bindings) {
        bindings.scalar("format_type(oid,int4)", (c, a) -> {
                    Object oid = a[0];
                    if (oid == null) {
                        return null;
                    }
                    SqlType type = TypeRegistry.find((Integer) oid);
                    if (type != null) {
                        return type.formatName(a[1] instanceof Integer modifier ? modifier : -1);
                    }
                    if ((Integer) oid == 0) {
                        return "-";
                    }
                    String name = c.names().nameOf(ObjectNames.Kind.TYPE, (Integer) oid);
                    return name == null ? "???" : name;
                })
                .scalar("pg_get_userbyid(oid)", (c, a) -> {
                    Role role = c.catalog().role(integer(a, 0));
                    return role == null ? "unknown (OID=" + Integer.toUnsignedString(integer(a, 0)) + ")" : role.name();
                })
                .scalar(
                        "pg_relation_filenode(regclass)",
                        (c, a) -> c.catalog().relation(integer(a, 0)) instanceof Table table
                                ? (Integer) table.storageId()
                                : null)
                .scalar("pg_relation_is_publishable(regclass)", (c, a) -> false)
                .scalar("pg_tablespace_location(oid)", (c, a) -> "");
        find(bindings, "to_regclass(text)", ObjectNames.Kind.RELATION);
        find(bindings, "to_regtype(text)", ObjectNames.Kind.TYPE);
        find(bindings, "to_regproc(text)", ObjectNames.Kind.FUNCTION);
        find(bindings, "to_regprocedure(text)", ObjectNames.Kind.FUNCTION_WITH_ARGUMENTS);
        find(bindings, "to_regoper(text), to_regoperator(text)", ObjectNames.Kind.OPERATOR);
        find(bindings, "to_regnamespace(text)", ObjectNames.Kind.NAMESPACE);
        find(bindings, "to_regrole(text)", ObjectNames.Kind.ROLE);
        find(bindings, "to_regcollation(text)", ObjectNames.Kind.COLLATION);
    }

    private static void find(Bindings bindings, String signatures, ObjectNames.Kind kind) {
        bindings.scalar(signatures, (c, a) -> c.names().findOid(kind, text(a, 0)));
    }
}
