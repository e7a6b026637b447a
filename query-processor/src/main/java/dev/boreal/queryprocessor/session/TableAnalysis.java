package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.RowFormat;
import dev.boreal.queryprocessor.catalog.CatalogEditor;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Statistics;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.execute.KeyCodec;
import dev.boreal.queryprocessor.execute.RowCodec;
import dev.boreal.queryprocessor.transaction.Reads;
import dev.boreal.queryprocessor.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ANALYZE: counts a table's rows, and looks closer at a sample of them. The sample is a reservoir (Vitter's algorithm R)
 * of {@value #SAMPLE} rows; distinct values are estimated from it by the estimator of Haas and Stokes that PostgreSQL uses.
 */
final class TableAnalysis {
    private static final int SAMPLE = 30_000;
    private static final int MOST_COMMON = 100;
    private static final int BUCKETS = 100;

    private final Database database;
    private final Session session;

    TableAnalysis(Database database, Session session) {
        this.database = database;
        this.session = session;
    }

    void analyze(Table table) {
        Transaction transaction = session.transactions().current();
        RowCodec codec = new RowCodec(table);
        List<@Nullable Object[]> sample = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        RowFormat.Cursor cursor = new RowFormat.Cursor();
        try (Reads.Rows scan =
                transaction.scan(ScanRequest.all(transaction.snapshot(), KeyCodec.range(table.storageId())))) {
            RowBatch batch = new RowBatch();
            while (scan.next(batch)) {
                session.context().checkCancelled();
                for (int i = 0; i < batch.rows(); i++) {
                    rows++;
                    bytes += batch.keyLength(i) + batch.valueLength(i);
                    int place = sample.size() < SAMPLE ? sample.size() : replaced(rows);
                    if (place < SAMPLE) {
                        cursor.reset(batch.data(), batch.valueOffset(i), batch.valueLength(i));
                        keep(sample, place, decode(codec, cursor));
                    }
                }
            }
        }
        List<Statistics.ColumnStatistics> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!column.dropped()) {
                columns.add(column(column, sample, rows));
            }
        }
        Statistics statistics = new Statistics(rows, bytes, session.context().clockTimestampMicros(), columns);
        new CatalogEditor(transaction, database.store())
                .putStatistics(new Table(
                        table.oid(),
                        table.name(),
                        table.schemaOid(),
                        table.ownerOid(),
                        table.storageId(),
                        table.columns(),
                        table.indexes(),
                        table.constraints(),
                        statistics,
                        table.comment()));
    }

    private int replaced(long rows) {
        long place = Long.remainderUnsigned(session.context().chance().nextLong(), rows);
        return (int) Math.min(place, Integer.MAX_VALUE);
    }

    private static void keep(List<@Nullable Object[]> sample, int place, @Nullable Object[] row) {
        if (place == sample.size()) {
            sample.add(row);
        } else {
            sample.set(place, row);
        }
    }

    private static @Nullable Object[] decode(RowCodec codec, RowFormat.Cursor cursor) {
        @Nullable Object[] row = new Object[codec.width()];
        for (int field = 0; field < row.length; field++) {
            row[field] = codec.decode(cursor, field);
        }
        return row;
    }

    private Statistics.ColumnStatistics column(Column column, List<@Nullable Object[]> sample, long rows) {
        List<Object> values = new ArrayList<>();
        long width = 0;
        for (@Nullable Object[] row : sample) {
            Object value = row[column.field()];
            if (value != null) {
                values.add(value);
            }
        }
        double nullFraction = sample.isEmpty() ? 0 : 1 - values.size() / (double) sample.size();
        Map<String, Integer> counts = new HashMap<>();
        for (Object value : values) {
            String text = column.type().format(value, session.context());
            width += text.length();
            counts.merge(text, 1, Integer::sum);
        }
        List<Map.Entry<String, Integer>> common = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_COMMON)
                .toList();
        return new Statistics.ColumnStatistics(
                column.number(),
                nullFraction,
                distinct(counts, values.size(), rows * (1 - nullFraction)),
                values.isEmpty() ? 0 : (int) (width / values.size()),
                common.stream().map(Map.Entry::getKey).toList(),
                common.stream()
                        .map(entry -> entry.getValue() / (double) sample.size())
                        .toList(),
                column.type().comparable() ? histogram(column, values) : null);
    }

    /** Haas and Stokes, 1998: {@code n*d / (n - f1 + f1*n/N)}; as a negative share of rows when it grows with them. */
    private static double distinct(Map<String, Integer> counts, int sampled, double total) {
        if (sampled == 0) {
            return 0;
        }
        long once = counts.values().stream().filter(count -> count == 1).count();
        double estimate = once == sampled
                ? total
                : (double) sampled * counts.size() / (sampled - once + once * sampled / Math.max(1, total));
        double distinct = Math.max(counts.size(), Math.min(estimate, total));
        return distinct > 0.1 * total ? -distinct / total : distinct;
    }

    private List<String> histogram(Column column, List<Object> values) {
        List<Object> sorted = new ArrayList<>(values);
        sorted.sort(column.type()::compare);
        List<String> bounds = new ArrayList<>();
        int buckets = Math.min(BUCKETS, sorted.size() - 1);
        for (int i = 0; i <= buckets && buckets > 0; i++) {
            bounds.add(column.type()
                    .format(sorted.get((int) ((long) i * (sorted.size() - 1) / buckets)), session.context()));
        }
        return bounds;
    }
}
