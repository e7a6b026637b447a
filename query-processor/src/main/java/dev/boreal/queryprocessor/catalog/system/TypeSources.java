package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.Map;

/** pg_type and pg_collation. */
final class TypeSources {
    /** {@code raw_array_subscript_handler} and its kin have no counterpart; only arrays have subscripts. */
    private static final int ARRAY_SUBSCRIPT_HANDLER = 6179;

    private TypeSources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_type", TypeSources::types);
        sources.put("pg_catalog.pg_collation", TypeSources::collations);
    }

    private static void types(EvaluationContext context, Sheet sheet) {
        rowTypes(context, sheet);
        for (SqlType type : TypeRegistry.all()) {
            TypeProperties properties = TypeProperties.of(type);
            SqlType element = TypeRegistry.elementOf(type);
            sheet.row()
                    .set("oid", type.oid())
                    .set("typname", type.name())
                    .set("typnamespace", Schema.PG_CATALOG)
                    .set("typowner", Role.BOOTSTRAP)
                    .set("typlen", (int) type.length())
                    .set("typbyval", properties.byValue())
                    .set("typtype", type.category() == 'P' ? "p" : "b")
                    .set("typcategory", String.valueOf(type.category()))
                    .set("typispreferred", type.preferred())
                    .set("typisdefined", true)
                    .set("typdelim", ",")
                    .set("typsubscript", element != null ? ARRAY_SUBSCRIPT_HANDLER : 0)
                    .set("typelem", element != null ? element.oid() : 0)
                    .set("typarray", type.arrayOid())
                    .set("typinput", properties.input())
                    .set("typoutput", properties.output())
                    .set("typreceive", properties.receive())
                    .set("typsend", properties.send())
                    .set("typalign", properties.alignment())
                    .set("typstorage", properties.storage())
                    .set("typtypmod", -1)
                    .set("typcollation", properties.collation());
        }
    }

    /** The types of the rows of tables and views. */
    private static void rowTypes(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            if (!(relation instanceof Sequence)) {
                sheet.row()
                        .set("oid", Oids.ofRowType(relation.oid()))
                        .set("typname", relation.name())
                        .set("typnamespace", relation.schemaOid())
                        .set("typowner", relation.ownerOid())
                        .set("typlen", -1)
                        .set("typtype", "c")
                        .set("typcategory", "C")
                        .set("typisdefined", true)
                        .set("typdelim", ",")
                        .set("typrelid", relation.oid())
                        .set("typinput", BuiltinNames.INSTANCE.typeFunction("record_in"))
                        .set("typoutput", BuiltinNames.INSTANCE.typeFunction("record_out"))
                        .set("typreceive", BuiltinNames.INSTANCE.typeFunction("record_recv"))
                        .set("typsend", BuiltinNames.INSTANCE.typeFunction("record_send"))
                        .set("typalign", "d")
                        .set("typstorage", "x")
                        .set("typtypmod", -1);
            }
        }
    }

    private static void collations(EvaluationContext context, Sheet sheet) {
        collation(100, "default", "d", null, sheet);
        collation(950, "C", "c", "C", sheet);
        collation(951, "POSIX", "c", "POSIX", sheet);
    }

    private static void collation(
            int oid, String name, String provider, @org.jspecify.annotations.Nullable String locale, Sheet sheet) {
        sheet.row()
                .set("oid", oid)
                .set("collname", name)
                .set("collnamespace", Schema.PG_CATALOG)
                .set("collowner", Role.BOOTSTRAP)
                .set("collprovider", provider)
                .set("collisdeterministic", true)
                .set("collencoding", -1)
                .set("collcollate", locale)
                .set("collctype", locale);
    }
}
