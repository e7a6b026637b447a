package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.SqlType;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** pg_index and pg_constraint. */
final class IndexSources {
    private static final int DESCENDING = 1;
    private static final int NULLS_FIRST = 2;

    private IndexSources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_index", IndexSources::indexes);
        sources.put("pg_catalog.pg_constraint", IndexSources::constraints);
    }

    private static void indexes(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Table table) {
                for (Index index : table.indexes()) {
                    fill(table, index, sheet);
                }
            }
        }
    }

    private static void fill(Table table, Index index, Sheet sheet) {
        int keys = index.columns().size();
        int[] numbers = new int[keys + index.includedColumns().length];
        int[] collations = new int[keys];
        int[] classes = new int[keys];
        int[] options = new int[keys];
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            Index.IndexColumn column = index.columns().get(i);
            numbers[i] = column.columnNumber();
            options[i] = (column.descending() ? DESCENDING : 0) | (column.nullsFirst() ? NULLS_FIRST : 0);
            SqlType type = TypeRegistry.TEXT;
            if (column.columnNumber() != 0) {
                type = table.column(column.columnNumber()).type();
            }
            collations[i] = TypeProperties.of(type).collation();
            classes[i] = Btree.classOf(type);
            String sql = column.expressionSql();
            if (sql != null) {
                expressions.add(sql);
            }
        }
        System.arraycopy(index.includedColumns(), 0, numbers, keys, numbers.length - keys);
        sheet.row()
                .set("indexrelid", index.oid())
                .set("indrelid", table.oid())
                .set("indnatts", numbers.length)
                .set("indnkeyatts", keys)
                .set("indisunique", index.unique())
                .set("indnullsnotdistinct", index.nullsNotDistinct())
                .set("indisprimary", index.primary())
                .set("indimmediate", true)
                .set("indisvalid", index.state() == Index.State.READY)
                .set("indisready", true)
                .set("indislive", true)
                .set("indkey", Vectors.int2Vector(numbers))
                .set("indcollation", Vectors.oidVector(collations))
                .set("indclass", Vectors.oidVector(classes))
                .set("indoption", Vectors.int2Vector(options))
                .set("indexprs", expressions.isEmpty() ? null : String.join(", ", expressions))
                .set("indpred", index.predicateSql());
    }

    private static void constraints(EvaluationContext context, Sheet sheet) {
        for (Relation relation : context.catalog().relations()) {
            if (relation instanceof Table table) {
                for (Constraint constraint : table.constraints()) {
                    fill(table, constraint, sheet);
                }
            }
        }
    }

    private static void fill(Table table, Constraint constraint, Sheet sheet) {
        sheet.row()
                .set("oid", constraint.oid())
                .set("conname", constraint.name())
                .set("connamespace", table.schemaOid())
                .set("convalidated", true)
                .set("conrelid", table.oid())
                .set("confupdtype", " ")
                .set("confdeltype", " ")
                .set("confmatchtype", " ")
                .set("conislocal", true)
                .set("connoinherit", !(constraint instanceof Constraint.Check));
        switch (constraint) {
            case Constraint.Unique unique -> {
                Index index = table.findIndex(unique.indexOid());
                sheet.set("contype", unique.primary() ? "p" : "u")
                        .set("condeferrable", unique.deferrable())
                        .set("condeferred", unique.initiallyDeferred())
                        .set("conindid", unique.indexOid())
                        .set("conkey", index == null ? null : smallints(columns(index)));
            }
            case Constraint.Check check ->
                sheet.set("contype", "c")
                        .set("convalidated", check.validated())
                        .set("conkey", smallints(DefinitionText.columnsOf(table, check)))
                        .set("conbin", check.conditionSql());
            case Constraint.ForeignKey key -> {
                List<Integer> set = key.setColumns();
                sheet.set("contype", "f")
                        .set("condeferrable", key.deferrable())
                        .set("condeferred", key.initiallyDeferred())
                        .set("convalidated", key.validated())
                        .set("conindid", key.referencedIndex())
                        .set("confrelid", key.referencedTable())
                        .set("confupdtype", action(key.onUpdate()))
                        .set("confdeltype", action(key.onDelete()))
                        .set("confmatchtype", key.matchFull() ? "f" : "s")
                        .set("conkey", smallints(key.columns()))
                        .set("confkey", smallints(key.referencedColumns()))
                        .set(
                                "confdelsetcols",
                                set == null
                                        ? null
                                        : smallints(set.stream()
                                                .mapToInt(Integer::intValue)
                                                .toArray()));
            }
        }
    }

    private static int[] columns(Index index) {
        int[] numbers = new int[index.columns().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = index.columns().get(i).columnNumber();
        }
        return numbers;
    }

    private static @Nullable SqlArray smallints(int[] numbers) {
        return numbers.length == 0 ? null : Vectors.array(TypeRegistry.INT2.oid(), numbers);
    }

    private static String action(Constraint.ForeignKey.Action action) {
        return switch (action) {
            case NO_ACTION -> "a";
            case RESTRICT -> "r";
            case CASCADE -> "c";
            case SET_NULL -> "n";
            case SET_DEFAULT -> "d";
        };
    }
}
