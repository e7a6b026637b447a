package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Statistics;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.SqlArray;
import dev.boreal.queryprocessor.type.TypeRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** pg_stats, and pg_stat_*_tables and _indexes as far as ANALYZE knows; what nobody counts is NULL. */
final class StatisticsSources {
    private StatisticsSources() {}

    static void addTo(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_stats", StatisticsSources::columns);
        sources.put("pg_catalog.pg_stat_all_tables", StatisticsSources::tables);
        sources.put("pg_catalog.pg_stat_user_tables", StatisticsSources::tables);
        sources.put("pg_catalog.pg_stat_all_indexes", StatisticsSources::indexes);
        sources.put("pg_catalog.pg_stat_user_indexes", StatisticsSources::indexes);
    }

    private static void columns(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        for (Relation relation : catalog.relations()) {
            Statistics statistics = relation instanceof Table table ? table.statistics() : null;
            if (statistics == null) {
                continue;
            }
            for (Statistics.ColumnStatistics column : statistics.columns()) {
                sheet.row()
                        .set("schemaname", ListingSources.schemaName(catalog, relation))
                        .set("tablename", relation.name())
                        .set(
                                "attname",
                                relation.columns()
                                        .get(column.columnNumber() - 1)
                                        .name())
                        .set("inherited", false)
                        .set("null_frac", (float) column.nullFraction())
                        .set("avg_width", column.averageWidth())
                        .set("n_distinct", (float) column.distinct())
                        .set("most_common_vals", texts(column.mostCommonValues()))
                        .set("most_common_freqs", floats(column.mostCommonFrequencies()))
                        .set("histogram_bounds", texts(column.histogram()));
            }
        }
    }

    private static @Nullable SqlArray texts(@Nullable List<String> values) {
        return values == null ? null : Vectors.texts(values);
    }

    private static @Nullable SqlArray floats(@Nullable List<Double> values) {
        if (values == null) {
            return null;
        }
        Object[] floats = new Object[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return SqlArray.of(TypeRegistry.FLOAT4.oid(), floats);
    }

    private static void tables(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Table table) {
                Statistics statistics = table.statistics();
                sheet.row()
                        .set("relid", table.oid())
                        .set("schemaname", ListingSources.schemaName(catalog, table))
                        .set("relname", table.name())
                        .set("n_live_tup", statistics == null ? null : statistics.rows())
                        .set("last_analyze", statistics == null ? null : statistics.analyzedAtMicros());
            }
        }
    }

    private static void indexes(EvaluationContext context, Sheet sheet) {
        CatalogSnapshot catalog = context.catalog();
        for (Relation relation : catalog.relations()) {
            if (relation instanceof Table table) {
                for (Index index : table.indexes()) {
                    sheet.row()
                            .set("relid", table.oid())
                            .set("indexrelid", index.oid())
                            .set("schemaname", ListingSources.schemaName(catalog, table))
                            .set("relname", table.name())
                            .set("indexrelname", index.name());
                }
            }
        }
    }
}
