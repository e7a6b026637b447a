package dev.boreal.bench.pgbench;

import dev.boreal.bench.report.Measurement;
import java.io.BufferedReader;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/** The log of {@code pgbench -l}: {@code client transaction microseconds script seconds microseconds [lag] [retries]}. */
final class LatencyLog {
    private LatencyLog() {}

    /** Adds the latencies of a log; transactions that failed or were skipped have a word in their place. */
    static void addTo(Histogram latencies, BufferedReader log) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            int first = line.indexOf(' ');
            int from = first < 0 ? -1 : line.indexOf(' ', first + 1);
            int to = from < 0 ? -1 : line.indexOf(' ', from + 1);
            if (to > 0 && Character.isDigit(line.charAt(from + 1))) {
                Measurement.record(latencies, Long.parseLong(line, from + 1, to, 10));
            }
        }
    }
}
