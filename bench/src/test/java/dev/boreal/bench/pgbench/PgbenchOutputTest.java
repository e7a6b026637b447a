package dev.boreal.bench.pgbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.bench.report.Measurement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PgbenchOutputTest {
    private static final String OUTPUT = """
            pgbench (15.18 (Debian 15.18-0+deb12u1))
            transaction type: <builtin: TPC-B (sort of)>
            scaling factor: 1
            query mode: simple
            number of clients: 4
            number of threads: 2
            maximum number of tries: 10
            duration: 2 s
            number of transactions actually processed: 4637
            number of failed transactions: 3 (0.065%)
            number of transactions retried: 7 (0.151%)
            total number of retries: 11
            latency average = 1.712 ms
            latency stddev = 0.747 ms
            initial connection time = 8.631 ms
            tps = 2322.560998 (without initial connection time)
            """;

    @Test
    void readsTheResult() {
        assertThat(PgbenchOutput.parse(OUTPUT)).isEqualTo(new PgbenchOutput(4637, 3, 11, 1.712, 2322.560998));
    }

    @Test
    void readsTheResultOfAFixedNumberOfTransactions() {
        String fixed = OUTPUT.replace("processed: 4637", "processed: 40/40").replace("duration: 2 s\n", "");
        assertThat(PgbenchOutput.parse(fixed)).isEqualTo(new PgbenchOutput(40, 3, 11, 1.712, 2322.560998));
    }

    @Test
    void hasNoResultWhereARunBrokeOff() {
        assertThat(PgbenchOutput.parse("pgbench: error: connection to server failed\n"))
                .isNull();
    }

    @Test
    void takesLatenciesAndLeavesOutFailures() throws IOException {
        Histogram latencies = Measurement.newLatencies();
        String log = """
                0 1 4185 0 1795231335 977277 0
                1 1 failed 0 1795231335 977939 0
                1 2 2227 0 1795231335 980170
                1 3 serialization 0 1795231335 980170 5
                """;
        LatencyLog.addTo(latencies, new BufferedReader(new StringReader(log)));
        assertThat(latencies.getTotalCount()).isEqualTo(2);
        assertThat(latencies.getMinValue()).isBetween(2226L, 2228L);
        assertThat(latencies.getMaxValue()).isBetween(4180L, 4190L);
    }
}
