package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.function.EvaluationContext;
import java.util.Map;
import java.util.function.BiConsumer;

/** The views of information_schema on constraints. NOT NULL counts as a check there. */
final class InformationSchemaConstraints {
    private InformationSchemaConstraints() {}

    static void addTo(Map<String, RowSource> sources) {
        String schema = "information_schema.";
        sources.put(schema + "table_constraints", InformationSchemaConstraints::tableConstraints);
        sources.put(schema + "key_column_usage", InformationSchemaConstraints::keyColumns);
        sources.put(schema + "constraint_column_usage", InformationSchemaConstraints::columnUsage);
        sources.put(schema + "constraint_table_usage", InformationSchemaConstraints::tableUsage);
        sources.put(schema + "referential_constraints", InformationSchemaConstraints::references);
        sources.put(schema + "check_constraints", InformationSchemaConstraints::checks);
    }

    private static void each(EvaluationContext context, BiConsumer<Table, Constraint> action) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Table table) {
                for (Constraint constraint : table.constraints()) {
                    action.accept(table, constraint);
                }
            }
        }
    }

    private static Sheet named(CatalogSnapshot catalog, Table table, String name, Sheet sheet) {
        return sheet.row()
                .set("constraint_catalog", CatalogStore.DATABASE_NAME)
                .set("constraint_schema", ListingSources.schemaName(catalog, table))
                .set("constraint_name", name);
    }

    private static String notNullName(Table table, Column column) {
        return Integer.toUnsignedString(table.schemaOid()) + "_" + Integer.toUnsignedString(table.oid()) + "_"
                + column.number() + "_not_null";
    }

    private static void tableConstraints(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        each(context, (table, constraint) -> {
            boolean deferrable = false;
            boolean deferred = false;
            String type = "CHECK";
            switch (constraint) {
                case Constraint.Unique unique -> type = unique.primary() ? "PRIMARY KEY" : "UNIQUE";
                case Constraint.ForeignKey key -> {
                    type = "FOREIGN KEY";
                    deferrable = key.deferrable();
                    deferred = key.initiallyDeferred();
                }
                case Constraint.Check check -> {}
            }
            constraintOfTable(catalog, table, constraint.name(), type, deferrable, deferred, sheet);
        });
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Table table) {
                for (Column column : table.columns()) {
                    if (column.notNull() && !column.dropped()) {
                        constraintOfTable(catalog, table, notNullName(table, column), "CHECK", false, false, sheet);
                    }
                }
            }
        }
    }

    private static void constraintOfTable(
            CatalogSnapshot catalog,
            Table table,
            String name,
            String type,
            boolean deferrable,
            boolean deferred,
            Sheet sheet) {
        InformationSchemaSources.nameOf(catalog, table, named(catalog, table, name, sheet))
                .set("constraint_type", type)
                .set("is_deferrable", InformationSchemaSources.yesOrNo(deferrable))
                .set("initially_deferred", InformationSchemaSources.yesOrNo(deferred))
                .set("enforced", "YES")
                .set("nulls_distinct", type.equals("UNIQUE") ? "YES" : null);
    }

    private static int[] keyColumns(Table table, Constraint constraint) {
        if (constraint instanceof Constraint.ForeignKey key) {
            return key.columns();
        }
        Index index = constraint instanceof Constraint.Unique unique ? table.findIndex(unique.indexOid()) : null;
        if (index == null) {
            return new int[0];
        }
        return index.columns().stream()
                .mapToInt(Index.IndexColumn::columnNumber)
                .toArray();
    }

    private static void keyColumns(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        each(context, (table, constraint) -> {
            int[] numbers = keyColumns(table, constraint);
            for (int i = 0; i < numbers.length; i++) {
                InformationSchemaSources.nameOf(catalog, table, named(catalog, table, constraint.name(), sheet))
                        .set("column_name", table.column(numbers[i]).name())
                        .set("ordinal_position", i + 1)
                        .set("position_in_unique_constraint", positionInUnique(catalog, constraint, i));
            }
        });
    }

    private static @org.jspecify.annotations.Nullable Integer positionInUnique(
            CatalogSnapshot catalog, Constraint constraint, int at) {
        if (constraint instanceof Constraint.ForeignKey key
                && catalog.relation(key.referencedTable()) instanceof Table referenced) {
            Index index = referenced.findIndex(key.referencedIndex());
            for (int i = 0; index != null && i < index.columns().size(); i++) {
                if (index.columns().get(i).columnNumber() == key.referencedColumns()[at]) {
                    return i + 1;
                }
            }
        }
        return null;
    }

    private static void columnUsage(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        each(context, (table, constraint) -> {
            Table used = table;
            int[] numbers;
            switch (constraint) {
                case Constraint.ForeignKey key -> {
                    if (catalog.relation(key.referencedTable()) instanceof Table referenced) {
                        used = referenced;
                    }
                    numbers = key.referencedColumns();
                }
                case Constraint.Check check -> numbers = DefinitionText.columnsOf(table, check);
                case Constraint.Unique unique -> numbers = keyColumns(table, unique);
            }
            for (int number : numbers) {
                InformationSchemaSources.nameOf(catalog, used, named(catalog, table, constraint.name(), sheet))
                        .set("column_name", used.column(number).name());
            }
        });
    }

    private static void tableUsage(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        each(context, (table, constraint) -> {
            if (constraint instanceof Constraint.Check) {
                return;
            }
            Relation used =
                    constraint instanceof Constraint.ForeignKey key ? catalog.relation(key.referencedTable()) : table;
            if (used != null) {
                InformationSchemaSources.nameOf(catalog, used, named(catalog, table, constraint.name(), sheet));
            }
        });
    }

    private static void references(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        each(context, (table, constraint) -> {
            if (constraint instanceof Constraint.ForeignKey key) {
                named(catalog, table, key.name(), sheet)
                        .set("match_option", key.matchFull() ? "FULL" : "NONE")
                        .set("update_rule", key.onUpdate().name().replace('_', ' '))
                        .set("delete_rule", key.onDelete().name().replace('_', ' '));
                if (catalog.relation(key.referencedTable()) instanceof Table referenced) {
                    Constraint.Unique unique = referenced.constraintOfIndex(key.referencedIndex());
                    if (unique != null) {
                        sheet.set("unique_constraint_catalog", CatalogStore.DATABASE_NAME)
                                .set("unique_constraint_schema", ListingSources.schemaName(catalog, referenced))
                                .set("unique_constraint_name", unique.name());
                    }
                }
            }
        });
    }

    private static void checks(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        DefinitionText text = new DefinitionText(new CatalogNames(catalog, context.searchPath()));
        each(context, (table, constraint) -> {
            if (constraint instanceof Constraint.Check check) {
                named(catalog, table, check.name(), sheet)
                        .set("check_clause", text.expression(check.conditionSql(), false));
            }
        });
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Table table) {
                for (Column column : table.columns()) {
                    if (column.notNull() && !column.dropped()) {
                        named(catalog, table, notNullName(table, column), sheet)
                                .set("check_clause", column.name() + " IS NOT NULL");
                    }
                }
            }
        }
    }
}
