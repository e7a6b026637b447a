package dev.boreal.queryprocessor.catalog.system;

import static dev.boreal.queryprocessor.function.Arguments.integer;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.function.Bindings;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionProvider;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.syntax.Identifiers;
import dev.boreal.queryprocessor.type.ObjectNames;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What drivers and tools ask to put the catalog into words: pg_describe_object, _pg_expandarray. */
public final class DescriptionFunctions implements FunctionProvider {
    private static final int EXPAND_ARRAY_OID = 13300;
    private static final int PG_AUTHID = 1260;
    private static final int PG_PROC = 1255;
    private static final int PG_TYPE = 1247;

    @Override
    public void register(Bindings bindings) {
        bindings.declareTable(expandArray(), (context, arguments) -> elements((SqlArray) given(arguments[0])));
        bindings.table("pg_show_all_settings()", (context, arguments) -> rows(context, "pg_settings"));
        bindings.scalar(
                "pg_describe_object(oid,oid,int4)",
                (context, arguments) ->
                        describe(context, integer(arguments, 0), integer(arguments, 1), integer(arguments, 2)));
    }

    private static Object given(@Nullable Object argument) {
        if (argument == null) {
            throw new IllegalArgumentException("strict function called with NULL");
        }
        return argument;
    }

    /** What a view shows whose columns are those of the function. */
    private static Iterator<@Nullable Object[]> rows(EvaluationContext context, String view) {
        return context.catalog().findRelation(Schema.PG_CATALOG, view) instanceof SystemTable table
                ? table.rows().apply(context)
                : Collections.emptyIterator();
    }

    private static FunctionSignature expandArray() {
        return new FunctionSignature(
                EXPAND_ARRAY_OID,
                "information_schema",
                "_pg_expandarray",
                FunctionSignature.Kind.FUNCTION,
                List.of(TypeRegistry.ANYARRAY),
                List.of(),
                List.of(),
                false,
                TypeRegistry.RECORD,
                List.of(
                        new FunctionSignature.OutputColumn("x", TypeRegistry.ANYELEMENT),
                        new FunctionSignature.OutputColumn("n", TypeRegistry.INT4)),
                true,
                FunctionSignature.Volatility.IMMUTABLE,
                true,
                false,
                false,
                0);
    }

    /** The elements with their places, counted from 1 wherever the array begins. */
    private static Iterator<@Nullable Object[]> elements(SqlArray array) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Object element : array.elements()) {
            rows.add(new @Nullable Object[] {element, rows.size() + 1});
        }
        return rows.iterator();
    }

    private static @Nullable String describe(EvaluationContext context, int classOid, int oid, int part) {
        CatalogSnapshot catalog = context.catalog();
        return switch (classOid) {
            case Oids.PG_CLASS -> relation(context, oid, part);
            case Oids.PG_CONSTRAINT -> constraint(context, oid);
            case Oids.PG_ATTRDEF -> columnDefault(context, oid);
            case Oids.PG_REWRITE -> rule(context, oid);
            case Oids.PG_NAMESPACE -> schema(catalog.schema(oid));
            case PG_AUTHID -> role(catalog.role(oid));
            case PG_TYPE -> named("type ", context.names().nameOf(ObjectNames.Kind.TYPE, oid));
            case PG_PROC -> named("function ", context.names().nameOf(ObjectNames.Kind.FUNCTION_WITH_ARGUMENTS, oid));
            default -> null;
        };
    }

    private static @Nullable String schema(@Nullable Schema schema) {
        return schema == null ? null : "schema " + Identifiers.quote(schema.name());
    }

    private static @Nullable String role(@Nullable Role role) {
        return role == null ? null : "role " + Identifiers.quote(role.name());
    }

    private static @Nullable String named(String kind, @Nullable String name) {
        return name == null ? null : kind + name;
    }

    private static @Nullable String relation(EvaluationContext context, int oid, int part) {
        CatalogNames.Found found = new CatalogNames(context.catalog(), context.searchPath()).findByOid(oid);
        if (found == null) {
            return null;
        }
        if (found.index() != null) {
            return "index " + context.names().nameOf(ObjectNames.Kind.RELATION, oid);
        }
        String described = describe(context, found.relation());
        for (Column column : found.relation().columns()) {
            if (column.number() == part && !column.dropped()) {
                return "column " + Identifiers.quote(column.name()) + " of " + described;
            }
        }
        return part == 0 ? described : null;
    }

    private static String describe(EvaluationContext context, Relation relation) {
        String kind = switch (relation) {
            case View view -> "view ";
            case Sequence sequence -> "sequence ";
            case SystemTable table -> SystemTables.isView(table) ? "view " : "table ";
            default -> "table ";
        };
        return kind + context.names().nameOf(ObjectNames.Kind.RELATION, relation.oid());
    }

    private static @Nullable String constraint(EvaluationContext context, int oid) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Table table) {
                for (Constraint constraint : table.constraints()) {
                    if (constraint.oid() == oid) {
                        return "constraint " + Identifiers.quote(constraint.name()) + " on " + describe(context, table);
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String columnDefault(EvaluationContext context, int oid) {
        for (Relation relation : context.catalog().relations()) {
            for (Column column : relation.columns()) {
                if (column.defaultSql() != null && Oids.ofDefault(relation.oid(), column.number()) == oid) {
                    return "default value for column " + Identifiers.quote(column.name()) + " of "
                            + describe(context, relation);
                }
            }
        }
        return null;
    }

    private static @Nullable String rule(EvaluationContext context, int oid) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof View && Oids.ofRule(relation.oid()) == oid) {
                return "rule _RETURN on " + describe(context, relation);
            }
        }
        return null;
    }
}
