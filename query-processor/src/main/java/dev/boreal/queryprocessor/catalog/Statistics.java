package dev.boreal.queryprocessor.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ANALYZE found out about a table. */
public record Statistics(long rows, long bytes, long analyzedAtMicros, List<ColumnStatistics> columns) {
    public Statistics {
        columns = List.copyOf(columns);
    }

    /**
     * One column's.
     *
     * @param distinct estimated number of distinct values; negative: as a share of rows, as pg_stats has it
     * @param histogram bounds of equally filled buckets, in text form, or null
     */
    public record ColumnStatistics(
            int columnNumber,
            double nullFraction,
            double distinct,
            int averageWidth,
            @Nullable List<String> mostCommonValues,
            @Nullable List<Double> mostCommonFrequencies,
            @Nullable List<String> histogram) {}
}
