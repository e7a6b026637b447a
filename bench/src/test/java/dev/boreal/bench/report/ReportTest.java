package dev.boreal.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Measurement measured(double perSecond, long... micros) {
        Histogram latencies = Measurement.newLatencies();
        for (long each : micros) {
            Measurement.record(latencies, each);
        }
        return new Measurement(perSecond, latencies, 0, 0, null);
    }

    private static Comparison comparison(double mark, Measurement subject, Measurement reference) {
        return new Comparison("select-only", "prepared", 32, "tps", mark, subject, reference);
    }

    @Test
    void ratioIsSubjectOverReference() {
        assertThat(comparison(0, measured(30), measured(20)).ratio()).isEqualTo(1.5);
    }

    @Test
    void failureHasNoRatioAndIsTold() {
        Comparison failed = comparison(1, Measurement.failure("connection refused"), measured(20));
        assertThat(failed.ratio()).isNull();
        Report report = new Report("Boreal", "PostgreSQL", List.of(), List.of(failed));
        assertThat(report.table()).contains("failed").contains("on Boreal: connection refused");
        assertThat(report.json()).contains("\"ratio\": null").contains("\"failure\": \"connection refused\"");
    }

    @Test
    void saysWhetherTheMarkIsMet() {
        Report met = new Report("B", "P", List.of(), List.of(comparison(1, measured(20), measured(20))));
        Report missed = new Report("B", "P", List.of(), List.of(comparison(1, measured(19), measured(20))));
        assertThat(met.table()).contains("1.0 met");
        assertThat(missed.table()).contains("1.0 missed");
    }

    @Test
    void mergesRepetitionsByLatenciesAndMeanThroughput() {
        Measurement merged = Measurement.merged(List.of(measured(10, 1000, 1000, 1000), measured(30, 9000)));
        assertThat(merged.perSecond()).isEqualTo(20);
        assertThat(merged.percentileMillis(50)).isBetween(0.99, 1.01);
        assertThat(merged.percentileMillis(99)).isBetween(8.9, 9.1);
    }

    @Test
    void oneFailedRepetitionFailsAll() {
        assertThat(Measurement.merged(List.of(measured(10), Measurement.failure("no")))
                        .failure())
                .isEqualTo("no");
    }

    @Test
    void alignsColumnsAndRendersMarkdown() {
        Report report = new Report(
                "Boreal",
                "PostgreSQL",
                List.of("machine: 2 cores"),
                List.of(comparison(0, measured(12345, 1000), measured(5, 2000))));
        List<String> lines = report.table().lines().toList();
        assertThat(lines.get(1)).contains("12,345").contains("1.00 / 2.00");
        assertThat(lines.get(0).indexOf("PostgreSQL") + "PostgreSQL".length())
                .isEqualTo(lines.get(1).indexOf("  5  ") + 3);
        assertThat(report.markdown())
                .startsWith("- machine: 2 cores\n\n| workload | protocol |")
                .contains("|---|---|---:");
    }

    @Test
    void escapesJson() {
        assertThat(Report.quoted("a\"b\\c\n")).isEqualTo("\"a\\\"b\\\\c\\u000a\"");
    }
}
