package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Statistics;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.Map;

/** pg_namespace, pg_class, pg_attribute, pg_attrdef, pg_sequence, pg_rewrite. */
final class RelationSources {
    private static final int PAGE_BYTES = 8192;

    private RelationSources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_namespace", RelationSources::schemas);
        sources.put("pg_catalog.pg_class", RelationSources::relations);
        sources.put("pg_catalog.pg_attribute", RelationSources::attributes);
        sources.put("pg_catalog.pg_attrdef", RelationSources::defaults);
        sources.put("pg_catalog.pg_sequence", RelationSources::sequences);
        sources.put("pg_catalog.pg_rewrite", RelationSources::rules);
    }

    private static void schemas(EvaluationContext context, Sheet sheet) {
        for (Schema schema : context.catalog().schemas()) {
            sheet.row().set("oid", schema.oid()).set("nspname", schema.name()).set("nspowner", schema.ownerOid());
        }
    }

    private static void relations(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        for (Relation relation : catalog.relations()) {
            sheet.row()
                    .set("oid", relation.oid())
                    .set("relname", relation.name())
                    .set("relnamespace", relation.schemaOid())
                    .set("reltype", relation instanceof Sequence ? 0 : Oids.ofRowType(relation.oid()))
                    .set("relowner", relation.ownerOid())
                    .set("relfilenode", relation.oid())
                    .set("reltuples", -1f)
                    .set("relpersistence", "p")
                    .set("relkind", kind(relation))
                    .set("relnatts", relation.columns().size())
                    .set("relispopulated", true)
                    .set("relreplident", relation instanceof Table ? "d" : "n");
            switch (relation) {
                case Table table -> {
                    fillTable(catalog, table, sheet);
                    for (Index index : table.indexes()) {
                        fillIndex(table, index, sheet);
                    }
                }
                case Sequence sequence -> sheet.set("relnatts", 3).set("relfilenode", sequence.storageId());
                case View view -> sheet.set("relhasrules", true).set("relfilenode", 0);
                case SystemTable system ->
                    sheet.set("relhasrules", SystemTables.isView(system))
                            .set("relam", SystemTables.isView(system) ? 0 : Oids.HEAP)
                            .set("relfilenode", 0);
            }
        }
    }

    static String kind(Relation relation) {
        return switch (relation) {
            case Table table -> "r";
            case Sequence sequence -> "S";
            case View view -> "v";
            case SystemTable system -> SystemTables.isView(system) ? "v" : "r";
        };
    }

    private static void fillTable(CatalogSnapshot catalog, Table table, Sheet sheet) {
        int checks = 0;
        boolean keys = !catalog.referencesTo(table.oid()).isEmpty();
        for (Constraint constraint : table.constraints()) {
            checks += constraint instanceof Constraint.Check ? 1 : 0;
            keys |= constraint instanceof Constraint.ForeignKey;
        }
        Statistics statistics = table.statistics();
        sheet.set("relam", Oids.HEAP)
                .set("relfilenode", table.storageId())
                .set("reltuples", statistics == null ? -1f : (float) statistics.rows())
                .set("relpages", statistics == null ? 0 : (int) (statistics.bytes() / PAGE_BYTES))
                .set("relhasindex", !table.indexes().isEmpty())
                .set("relchecks", checks)
                .set("relhastriggers", keys);
    }

    private static void fillIndex(Table table, Index index, Sheet sheet) {
        Statistics statistics = table.statistics();
        sheet.row()
                .set("oid", index.oid())
                .set("relname", index.name())
                .set("relnamespace", table.schemaOid())
                .set("relowner", table.ownerOid())
                .set("relam", Oids.BTREE)
                .set("relfilenode", index.storageId())
                .set("reltuples", statistics == null ? 0f : (float) statistics.rows())
                .set("relpersistence", "p")
                .set("relkind", "i")
                .set("relnatts", index.columns().size() + index.includedColumns().length)
                .set("relispopulated", true)
                .set("relreplident", "n");
    }

    private static void attributes(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            for (Column column : relation.columns()) {
                attribute(relation.oid(), column.number(), column.name(), column.type(), column.typeModifier(), sheet);
                boolean hasDefault = column.defaultSql() != null;
                sheet.set("attnotnull", column.notNull())
                        .set("atthasdef", hasDefault)
                        .set("atthasmissing", column.missingField() != null)
                        .set("attidentity", identity(column))
                        .set("attgenerated", column.generatedStored() ? "s" : "")
                        .set("attisdropped", column.dropped());
                if (column.dropped()) {
                    sheet.set("atttypid", 0);
                }
            }
            if (relation instanceof Table table) {
                for (Index index : table.indexes()) {
                    indexAttributes(table, index, sheet);
                }
            }
            if (relation instanceof Sequence) {
                sequenceAttributes(relation.oid(), sheet);
            }
        }
    }

    private static void sequenceAttributes(int oid, Sheet sheet) {
        attribute(oid, 1, "last_value", TypeRegistry.INT8, -1, sheet);
        sheet.set("attnotnull", true);
        attribute(oid, 2, "log_cnt", TypeRegistry.INT8, -1, sheet);
        sheet.set("attnotnull", true);
        attribute(oid, 3, "is_called", TypeRegistry.BOOL, -1, sheet);
        sheet.set("attnotnull", true);
    }

    private static void indexAttributes(Table table, Index index, Sheet sheet) {
        int number = 1;
        for (Index.IndexColumn key : index.columns()) {
            if (key.columnNumber() == 0) {
                attribute(index.oid(), number, "expr", TypeRegistry.TEXT, -1, sheet);
            } else {
                copyAttribute(index, number, table.column(key.columnNumber()), sheet);
            }
            number++;
        }
        for (int included : index.includedColumns()) {
            copyAttribute(index, number++, table.column(included), sheet);
        }
    }

    private static void copyAttribute(Index index, int number, Column column, Sheet sheet) {
        attribute(index.oid(), number, column.name(), column.type(), column.typeModifier(), sheet);
    }

    private static void attribute(int relation, int number, String name, SqlType type, int modifier, Sheet sheet) {
        TypeProperties properties = TypeProperties.of(type);
        sheet.row()
                .set("attrelid", relation)
                .set("attname", name)
                .set("atttypid", type.oid())
                .set("attstattarget", -1)
                .set("attlen", (int) type.length())
                .set("attnum", number)
                .set("attndims", type.category() == 'A' ? 1 : 0)
                .set("attcacheoff", -1)
                .set("atttypmod", modifier)
                .set("attbyval", properties.byValue())
                .set("attalign", properties.alignment())
                .set("attstorage", properties.storage())
                .set("attislocal", true)
                .set("attcollation", properties.collation());
    }

    private static String identity(Column column) {
        return switch (column.identity()) {
            case NONE -> "";
            case ALWAYS -> "a";
            case BY_DEFAULT -> "d";
        };
    }

    private static void defaults(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            for (Column column : relation.columns()) {
                String sql = DefinitionText.defaultOf(column);
                if (sql != null) {
                    sheet.row()
                            .set("oid", Oids.ofDefault(relation.oid(), column.number()))
                            .set("adrelid", relation.oid())
                            .set("adnum", column.number())
                            .set("adbin", sql);
                }
            }
        }
    }

    private static void sequences(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Sequence sequence) {
                SqlType type = TypeRegistry.findByName(sequence.dataType());
                sheet.row()
                        .set("seqrelid", sequence.oid())
                        .set("seqtypid", type == null ? TypeRegistry.INT8.oid() : type.oid())
                        .set("seqstart", sequence.start())
                        .set("seqincrement", sequence.increment())
                        .set("seqmax", sequence.maximum())
                        .set("seqmin", sequence.minimum())
                        .set("seqcache", sequence.cache())
                        .set("seqcycle", sequence.cycle());
            }
        }
    }

    private static void rules(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof View view) {
                sheet.row()
                        .set("oid", Oids.ofRule(view.oid()))
                        .set("rulename", "_RETURN")
                        .set("ev_class", view.oid())
                        .set("ev_type", "1")
                        .set("ev_enabled", "O")
                        .set("is_instead", true)
                        .set("ev_qual", "<>")
                        .set("ev_action", view.querySql());
            }
        }
    }
}
