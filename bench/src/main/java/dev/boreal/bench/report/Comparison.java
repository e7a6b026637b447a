package dev.boreal.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table: a workload on both servers.
 *
 * @param unit of throughput: {@code tps} or {@code rows/s}
 * @param clients how many at once
 * @param mark the ratio that is aimed at, 0 if there is none
 */
public record Comparison(
        String workload,
        String protocol,
        int clients,
        String unit,
        double mark,
        Measurement subject,
        Measurement reference) {

    /** The subject's throughput over the reference's; null if one of them has none. */
    public @Nullable Double ratio() {
        boolean measured = subject.failure() == null && reference.failure() == null && reference.perSecond() > 0;
        return measured ? subject.perSecond() / reference.perSecond() : null;
    }

    static List<String> headings(String subject, String reference) {
        return List.of(
                "workload",
                "protocol",
                "clients",
                "unit",
                subject,
                reference,
                "ratio",
                "mark",
                "p50 ms",
                "p99 ms",
                "retries",
                "failed");
    }

    /** The line's cells, in the order of {@link #headings}; where there are two figures the subject's is first. */
    List<String> cells() {
        List<String> cells = new ArrayList<>();
        cells.add(workload);
        cells.add(protocol);
        cells.add(Integer.toString(clients));
        cells.add(unit);
        cells.add(throughput(subject));
        cells.add(throughput(reference));
        Double ratio = ratio();
        cells.add(ratio == null ? "" : format("%.2f", ratio));
        cells.add(mark == 0 ? "" : format("%.1f", mark) + verdict(ratio));
        cells.add(both(percentile(subject, 50), percentile(reference, 50)));
        cells.add(both(percentile(subject, 99), percentile(reference, 99)));
        cells.add(both(subject.retries(), reference.retries()));
        cells.add(both(subject.failed(), reference.failed()));
        return cells;
    }

    private String verdict(@Nullable Double ratio) {
        return ratio == null ? "" : ratio >= mark ? " met" : " missed";
    }

    private static String throughput(Measurement measurement) {
        return measurement.failure() != null ? "failed" : format("%,.0f", measurement.perSecond());
    }

    private static String percentile(Measurement measurement, double percentile) {
        return measurement.hasLatencies() ? format("%.2f", measurement.percentileMillis(percentile)) : "";
    }

    private static String both(String a, String b) {
        return a.isEmpty() && b.isEmpty() ? "" : a + " / " + b;
    }

    private static String both(long a, long b) {
        return a == 0 && b == 0 ? "" : a + " / " + b;
    }

    private static String format(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
