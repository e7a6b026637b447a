package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Role;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.Map;

/** pg_tables, pg_views, pg_indexes, pg_sequences: the catalog for people. */
final class ListingSources {
    private ListingSources() {}

    static void addTo(Map<String, RowSource> sources, SessionSource sessions) {
        sources.put("pg_catalog.pg_tables", ListingSources::tables);
        sources.put("pg_catalog.pg_views", ListingSources::views);
        sources.put("pg_catalog.pg_indexes", ListingSources::indexes);
        sources.put("pg_catalog.pg_sequences", (context, sheet) -> sequences(context, sheet, sessions));
    }

    static String schemaName(CatalogSnapshot catalog, Relation relation) {
        Schema schema = catalog.schema(relation.schemaOid());
        return schema == null ? "" : schema.name();
    }

    static String ownerName(CatalogSnapshot catalog, int oid) {
        Role role = catalog.role(oid);
        return role == null ? "unknown (OID=" + Integer.toUnsignedString(oid) + ")" : role.name();
    }

    private static void tables(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        for (Relation relation : catalog.relations()) {
            boolean system = relation instanceof SystemTable table && !SystemTables.isView(table);
            if (!system && !(relation instanceof Table)) {
                continue;
            }
            boolean keys = !catalog.referencesTo(relation.oid()).isEmpty();
            boolean indexed = false;
            if (relation instanceof Table table) {
                indexed = !table.indexes().isEmpty();
                for (Constraint constraint : table.constraints()) {
                    keys |= constraint instanceof Constraint.ForeignKey;
                }
            }
            sheet.row()
                    .set("schemaname", schemaName(catalog, relation))
                    .set("tablename", relation.name())
                    .set("tableowner", ownerName(catalog, relation.ownerOid()))
                    .set("hasindexes", indexed)
                    .set("hasrules", false)
                    .set("hastriggers", keys)
                    .set("rowsecurity", false);
        }
    }

    private static void views(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        DefinitionText text = new DefinitionText(new CatalogNames(catalog, context.searchPath()));
        for (Relation relation : catalog.relations()) {
            if (relation instanceof View || relation instanceof SystemTable table && SystemTables.isView(table)) {
                sheet.row()
                        .set("schemaname", schemaName(catalog, relation))
                        .set("viewname", relation.name())
                        .set("viewowner", ownerName(catalog, relation.ownerOid()))
                        .set("definition", relation instanceof View view ? text.view(view) : null);
            }
        }
    }

    private static void indexes(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        DefinitionText text = new DefinitionText(new CatalogNames(catalog, context.searchPath()));
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Table table) {
                for (Index index : table.indexes()) {
                    sheet.row()
                            .set("schemaname", schemaName(catalog, table))
                            .set("tablename", table.name())
                            .set("indexname", index.name())
                            .set("indexdef", text.index(table, index, false));
                }
            }
        }
    }

    private static void sequences(EvaluationContext context, Sheet sheet, SessionSource sessions) {
        CatalogSnapshot catalog = context.catalog();
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Sequence sequence) {
                SqlType type = TypeRegistry.findByName(sequence.dataType());
                sheet.row()
                        .set("schemaname", schemaName(catalog, sequence))
                        .set("sequencename", sequence.name())
                        .set("sequenceowner", ownerName(catalog, sequence.ownerOid()))
                        .set("data_type", type == null ? null : type.oid())
                        .set("start_value", sequence.start())
                        .set("min_value", sequence.minimum())
                        .set("max_value", sequence.maximum())
                        .set("increment_by", sequence.increment())
                        .set("cycle", sequence.cycle())
                        .set("cache_size", sequence.cache())
                        .set("last_value", sessions.lastValue(context, sequence.oid()));
            }
        }
    }
}
