package dev.boreal.bench.report;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one run, or several merged, of a workload on one server came to.
 *
 * @param perSecond transactions or rows per second; 0 if it failed
 * @param latencies of transactions, in microseconds; empty where there are no transactions
 * @param failed transactions given up
 * @param retries of transactions that ran into others
 * @param failure why there is no result, null if there is one
 */
public record Measurement(
        double perSecond,
        Histogram latencies,
        long failed,
        long retries,
        @Nullable String failure) {
    /** From 1 µs to 10 minutes in two digits. */
    private static final long LONGEST_MICROS = 600_000_000L;

    public static Histogram newLatencies() {
        return new Histogram(1, LONGEST_MICROS, 3);
    }

    public static void record(Histogram latencies, long micros) {
        latencies.recordValue(Math.clamp(micros, 1, LONGEST_MICROS));
    }

    public static Measurement failure(String why) {
        return new Measurement(0, newLatencies(), 0, 0, why);
    }

    /** Several runs as one: mean throughput, all latencies together. A failure of one is a failure of all. */
    public static Measurement merged(Iterable<Measurement> runs) {
        Histogram latencies = newLatencies();
        double sum = 0;
        int count = 0;
        long failed = 0;
        long retries = 0;
        for (Measurement run : runs) {
            if (run.failure != null) {
                return run;
            }
            latencies.add(run.latencies);
            sum += run.perSecond;
            failed += run.failed;
            retries += run.retries;
            count++;
        }
        return new Measurement(sum / count, latencies, failed, retries, null);
    }

    public boolean hasLatencies() {
        return latencies.getTotalCount() > 0;
    }

    public double percentileMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1000.0;
    }
}
