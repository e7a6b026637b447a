package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.function.EvaluationContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** pg_depend, as far as it tells who owns a sequence and what a view uses, and pg_description. */
final class DependencySources {
    private DependencySources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_depend", DependencySources::dependencies);
        sources.put("pg_catalog.pg_description", DependencySources::descriptions);
    }

    private static void dependencies(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            switch (relation) {
                case Sequence sequence -> owner(context, sequence, sheet);
                case View view -> {
                    for (int used : view.referencedRelations()) {
                        dependency(Oids.PG_REWRITE, Oids.ofRule(view.oid()), Oids.PG_CLASS, used, 0, "n", sheet);
                    }
                    dependency(Oids.PG_REWRITE, Oids.ofRule(view.oid()), Oids.PG_CLASS, view.oid(), 0, "i", sheet);
                }
                case Table table -> parts(table, sheet);
                default -> {}
            }
        }
    }

    private static void owner(EvaluationContext context, Sequence sequence, Sheet sheet) {
        if (context.catalog().relation(sequence.ownedByTable()) instanceof Table table) {
            boolean identity = table.column(sequence.ownedByColumn()).identity() != Column.Identity.NONE;
            dependency(
                    Oids.PG_CLASS,
                    sequence.oid(),
                    Oids.PG_CLASS,
                    table.oid(),
                    sequence.ownedByColumn(),
                    identity ? "i" : "a",
                    sheet);
        }
    }

    private static void parts(Table table, Sheet sheet) {
        for (Index index : table.indexes()) {
            Constraint.Unique constraint = table.constraintOfIndex(index.oid());
            if (constraint != null) {
                dependency(Oids.PG_CLASS, index.oid(), Oids.PG_CONSTRAINT, constraint.oid(), 0, "i", sheet);
            } else {
                for (Index.IndexColumn column : index.columns()) {
                    dependency(
                            Oids.PG_CLASS, index.oid(), Oids.PG_CLASS, table.oid(), column.columnNumber(), "a", sheet);
                }
            }
        }
        for (Constraint constraint : table.constraints()) {
            dependency(Oids.PG_CONSTRAINT, constraint.oid(), Oids.PG_CLASS, table.oid(), 0, "a", sheet);
            if (constraint instanceof Constraint.ForeignKey key) {
                dependency(Oids.PG_CONSTRAINT, key.oid(), Oids.PG_CLASS, key.referencedIndex(), 0, "n", sheet);
            }
        }
        for (Column column : table.columns()) {
            if (column.defaultSql() != null) {
                int oid = Oids.ofDefault(table.oid(), column.number());
                dependency(Oids.PG_ATTRDEF, oid, Oids.PG_CLASS, table.oid(), column.number(), "a", sheet);
            }
        }
    }

    private static void dependency(int classOid, int oid, int onClass, int on, int onPart, String kind, Sheet sheet) {
        sheet.row()
                .set("classid", classOid)
                .set("objid", oid)
                .set("refclassid", onClass)
                .set("refobjid", on)
                .set("refobjsubid", onPart)
                .set("deptype", kind);
    }

    private static void descriptions(EvaluationContext context, Sheet sheet) {
        for (Schema schema : context.catalog().schemas()) {
            description(schema.oid(), Oids.PG_NAMESPACE, 0, schema.comment(), sheet);
        }
        for (Relation relation : context.catalog().relations()) {
            description(relation.oid(), Oids.PG_CLASS, 0, commentOf(relation), sheet);
            for (Column column : relation.columns()) {
                description(relation.oid(), Oids.PG_CLASS, column.number(), column.comment(), sheet);
            }
            if (relation instanceof Table table) {
                for (Index index : table.indexes()) {
                    description(index.oid(), Oids.PG_CLASS, 0, index.comment(), sheet);
                }
            }
        }
    }

    static @Nullable String commentOf(Relation relation) {
        return switch (relation) {
            case Table table -> table.comment();
            case View view -> view.comment();
            case Sequence sequence -> sequence.comment();
            default -> null;
        };
    }

    private static void description(int oid, int classOid, int part, @Nullable String comment, Sheet sheet) {
        if (comment != null) {
            sheet.row()
                    .set("objoid", oid)
                    .set("classoid", classOid)
                    .set("objsubid", part)
                    .set("description", comment);
        }
    }
}
