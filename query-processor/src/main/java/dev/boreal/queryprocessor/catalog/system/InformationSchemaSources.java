package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.FunctionRegistry;
import dev.boreal.queryprocessor.function.FunctionSignature;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import java.util.Map;

/** information_schema but for its views on constraints. */
final class InformationSchemaSources {
    private static final List<String> PRIVILEGES =
            List.of("INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER");

    private InformationSchemaSources() {}

    static void addTo(Map<String, RowSource> sources) {
        String schema = "information_schema.";
        sources.put(
                schema + "information_schema_catalog_name",
                (context, sheet) -> sheet.row().set("catalog_name", CatalogStore.DATABASE_NAME));
        sources.put(schema + "schemata", InformationSchemaSources::schemata);
        sources.put(schema + "tables", InformationSchemaSources::tables);
        sources.put(schema + "columns", InformationSchemaSources::columns);
        sources.put(schema + "views", InformationSchemaSources::views);
        sources.put(schema + "view_table_usage", InformationSchemaSources::viewTableUsage);
        sources.put(schema + "sequences", InformationSchemaSources::sequences);
        sources.put(schema + "routines", InformationSchemaSources::routines);
        sources.put(schema + "character_sets", InformationSchemaSources::characterSets);
        sources.put(schema + "enabled_roles", InformationSchemaSources::enabledRoles);
        sources.put(schema + "applicable_roles", InformationSchemaSources::applicableRoles);
        sources.put(schema + "table_privileges", InformationSchemaSources::privileges);
        sources.put(schema + "role_table_grants", InformationSchemaSources::privileges);
    }

    private static void schemata(EvaluationContext context, Sheet sheet) {
        for (Schema schema : context.catalog().schemas()) {
            sheet.row()
                    .set("catalog_name", CatalogStore.DATABASE_NAME)
                    .set("schema_name", schema.name())
                    .set("schema_owner", ListingSources.ownerName(context.catalog(), schema.ownerOid()));
        }
    }

    private static boolean isView(Relation relation) {
        return relation instanceof View || relation instanceof SystemTable table && SystemTables.isView(table);
    }

    private static void tables(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            if (!(relation instanceof Sequence)) {
                nameOf(context.catalog(), relation, sheet.row())
                        .set("table_type", isView(relation) ? "VIEW" : "BASE TABLE")
                        .set("is_insertable_into", relation instanceof Table ? "YES" : "NO")
                        .set("is_typed", "NO");
            }
        }
    }

    static Sheet nameOf(CatalogSnapshot catalog, Relation relation, Sheet row) {
        return row.set("table_catalog", CatalogStore.DATABASE_NAME)
                .set("table_schema", ListingSources.schemaName(catalog, relation))
                .set("table_name", relation.name());
    }

    static String yesOrNo(boolean value) {
        return value ? "YES" : "NO";
    }

    private static void columns(EvaluationContext context, Sheet sheet) {
        DefinitionText text = new DefinitionText(new CatalogNames(context.catalog(), context.searchPath()));
        for (Relation relation : context.catalog().relations()) {
            int position = 0;
            for (Column column : relation.columns()) {
                position++;
                if (!column.dropped()) {
                    column(context, relation, column, position, text, sheet);
                }
            }
        }
    }

    private static void column(
            EvaluationContext context,
            Relation relation,
            Column column,
            int position,
            DefinitionText text,
            Sheet sheet) {
        SqlType type = column.type();
        String sql = DefinitionText.defaultOf(column);
        boolean identity = column.identity() != Column.Identity.NONE;
        nameOf(context.catalog(), relation, sheet.row())
                .set("column_name", column.name())
                .set("ordinal_position", position)
                .set("column_default", sql == null || column.generatedStored() ? null : text.expression(sql, false))
                .set("is_nullable", yesOrNo(!column.notNull()))
                .set("data_type", type.category() == 'A' ? "ARRAY" : type.formatName(-1))
                .set("udt_catalog", CatalogStore.DATABASE_NAME)
                .set("udt_schema", "pg_catalog")
                .set("udt_name", type.name())
                .set("dtd_identifier", Integer.toString(position))
                .set("is_self_referencing", "NO")
                .set("is_identity", yesOrNo(identity))
                .set("is_generated", column.generatedStored() ? "ALWAYS" : "NEVER")
                .set("generation_expression", column.generatedStored() ? sql : null)
                .set("identity_cycle", "NO")
                .set("is_updatable", yesOrNo(relation instanceof Table));
        TypeFacets.fill(type, column.typeModifier(), sheet);
        if (identity && context.catalog().relation(column.ownedSequenceOid()) instanceof Sequence sequence) {
            sheet.set("identity_generation", column.identity() == Column.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT")
                    .set("identity_start", Long.toString(sequence.start()))
                    .set("identity_increment", Long.toString(sequence.increment()))
                    .set("identity_maximum", Long.toString(sequence.maximum()))
                    .set("identity_minimum", Long.toString(sequence.minimum()))
                    .set("identity_cycle", yesOrNo(sequence.cycle()));
        }
    }

    private static void views(EvaluationContext context, Sheet sheet) {
        DefinitionText text = new DefinitionText(new CatalogNames(context.catalog(), context.searchPath()));
        for (Relation relation : context.catalog().relations()) {
            if (isView(relation)) {
                nameOf(context.catalog(), relation, sheet.row())
                        .set("view_definition", relation instanceof View view ? text.view(view) : null)
                        .set("check_option", "NONE")
                        .set("is_updatable", "NO")
                        .set("is_insertable_into", "NO")
                        .set("is_trigger_updatable", "NO")
                        .set("is_trigger_deletable", "NO")
                        .set("is_trigger_insertable_into", "NO");
            }
        }
    }

    private static void viewTableUsage(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        for (Relation relation : catalog.relations()) {
            if (relation instanceof View view) {
                for (int oid : view.referencedRelations()) {
                    Relation used = catalog.relation(oid);
                    if (used != null) {
                        nameOf(catalog, used, sheet.row())
                                .set("view_catalog", CatalogStore.DATABASE_NAME)
                                .set("view_schema", ListingSources.schemaName(catalog, view))
                                .set("view_name", view.name());
                    }
                }
            }
        }
    }

    private static void sequences(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Sequence sequence) {
                int bits = switch (sequence.dataType()) {
                    case "smallint" -> 16;
                    case "integer" -> 32;
                    default -> 64;
                };
                sheet.row()
                        .set("sequence_catalog", CatalogStore.DATABASE_NAME)
                        .set("sequence_schema", ListingSources.schemaName(context.catalog(), sequence))
                        .set("sequence_name", sequence.name())
                        .set("data_type", sequence.dataType())
                        .set("numeric_precision", bits)
                        .set("numeric_precision_radix", 2)
                        .set("numeric_scale", 0)
                        .set("start_value", Long.toString(sequence.start()))
                        .set("minimum_value", Long.toString(sequence.minimum()))
                        .set("maximum_value", Long.toString(sequence.maximum()))
                        .set("increment", Long.toString(sequence.increment()))
                        .set("cycle_option", yesOrNo(sequence.cycle()));
            }
        }
    }

    private static void routines(EvaluationContext context, Sheet sheet) {
        for (FunctionSignature function : FunctionRegistry.functions()) {
            if (function.kind() != FunctionSignature.Kind.FUNCTION) {
                continue;
            }
            SqlType type = function.returnType();
            sheet.row()
                    .set("specific_catalog", CatalogStore.DATABASE_NAME)
                    .set("specific_schema", function.schema())
                    .set("specific_name", function.name() + "_" + Integer.toUnsignedString(function.oid()))
                    .set("routine_catalog", CatalogStore.DATABASE_NAME)
                    .set("routine_schema", function.schema())
                    .set("routine_name", function.name())
                    .set("routine_type", "FUNCTION")
                    .set("data_type", TypeRegistry.elementOf(type) != null ? "ARRAY" : type.formatName(-1))
                    .set("type_udt_catalog", CatalogStore.DATABASE_NAME)
                    .set("type_udt_schema", "pg_catalog")
                    .set("type_udt_name", type.name())
                    .set("dtd_identifier", "0")
                    .set("routine_body", "EXTERNAL")
                    .set("external_language", "INTERNAL")
                    .set("parameter_style", "GENERAL")
                    .set("is_deterministic", yesOrNo(function.volatility() == FunctionSignature.Volatility.IMMUTABLE))
                    .set("sql_data_access", "MODIFIES")
                    .set("is_null_call", yesOrNo(function.strict()))
                    .set("schema_level_routine", "YES")
                    .set("max_dynamic_result_sets", 0)
                    .set("security_type", "INVOKER")
                    .set("as_locator", "NO")
                    .set("is_udt_dependent", "NO");
        }
    }

    private static void characterSets(EvaluationContext context, Sheet sheet) {
        sheet.row()
                .set("character_set_name", "UTF8")
                .set("character_repertoire", "UCS")
                .set("form_of_use", "UTF8")
                .set("default_collate_catalog", CatalogStore.DATABASE_NAME)
                .set("default_collate_schema", "pg_catalog")
                .set("default_collate_name", "default");
    }

    private static void enabledRoles(EvaluationContext context, Sheet sheet) {
        Role current = context.catalog().findRole(context.currentUser());
        for (Role role : context.catalog().roles()) {
            boolean enabled = role.equals(current)
                    || current != null
                            && (current.superuser() || current.memberOf().contains(role.oid()));
            if (enabled) {
                sheet.row().set("role_name", role.name());
            }
        }
    }

    private static void applicableRoles(EvaluationContext context, Sheet sheet) {
        for (Role role : context.catalog().roles()) {
            for (int group : role.memberOf()) {
                sheet.row()
                        .set("grantee", role.name())
                        .set("role_name", ListingSources.ownerName(context.catalog(), group))
                        .set("is_grantable", "NO");
            }
        }
    }

    /** Privileges are not enforced: owners hold all of them. */
    private static void privileges(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Sequence) {
                continue;
            }
            String owner = ListingSources.ownerName(context.catalog(), relation.ownerOid());
            for (String privilege : PRIVILEGES) {
                nameOf(context.catalog(), relation, sheet.row())
                        .set("grantor", owner)
                        .set("grantee", owner)
                        .set("privilege_type", privilege)
                        .set("is_grantable", "YES")
                        .set("with_hierarchy", yesOrNo(privilege.equals("SELECT")));
            }
        }
    }
}
