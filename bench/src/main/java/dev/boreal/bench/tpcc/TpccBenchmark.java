package dev.boreal.bench.tpcc;

import dev.boreal.bench.report.Measurement;
import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.bench.server.Server;
import dev.boreal.bench.tpcc.TpccTransaction.Kind;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/** Loads, runs, checks, and prints. */
public final class TpccBenchmark {
    private final Server server;
    private final TpccSize size;
    private final PrintStream out;

    public TpccBenchmark(Server server, TpccSize size, PrintStream out) {
        this.server = server;
        this.size = size;
        this.out = out;
    }

    /**
     * Runs it all and says whether the data are consistent afterwards.
     *
     * @throws BenchmarkException if the server refuses something that the workload needs
     */
    public boolean run(int clients, int seconds, boolean keep) throws BenchmarkException, InterruptedException {
        try (Connection connection = server.connect()) {
            long started = System.nanoTime();
            TpccSchema.create(connection);
            new TpccLoader(connection, size, out::println).load();
            out.printf(Locale.ROOT, "loaded in %.1f s%n", (System.nanoTime() - started) / 1e9);
            boolean before = check(connection);
            Map<Kind, Measurement> results = new TpccRun(server, size, seconds).run(clients, out::println);
            print(results, clients, seconds);
            boolean after = check(connection);
            if (!keep) {
                TpccSchema.drop(connection);
            }
            return before && after;
        } catch (SQLException e) {
            throw new BenchmarkException(
                    server.name() + " refused: " + e.getMessage() + " (SQLSTATE " + e.getSQLState() + ")");
        }
    }

    private boolean check(Connection connection) throws SQLException {
        Map<String, Long> violations = TpccChecks.run(connection);
        boolean well = true;
        for (Map.Entry<String, Long> each : violations.entrySet()) {
            if (each.getValue() != 0) {
                well = false;
                out.println("INCONSISTENT, condition " + each.getKey() + ": broken " + each.getValue() + " times");
            }
        }
        if (well) {
            out.println("consistent: all " + violations.size() + " conditions hold");
        }
        return well;
    }

    private void print(Map<Kind, Measurement> results, int clients, int seconds) {
        out.printf(
                Locale.ROOT,
                "%n%s, %d warehouses, %d clients, %d s, REPEATABLE READ%n%n",
                server.name(),
                size.warehouses(),
                clients,
                seconds);
        out.printf(
                "%-14s %10s %10s %10s %10s %8s%n",
                "transaction", "per second", "p50 ms", "p99 ms", "retries", "failed");
        double all = 0;
        for (Map.Entry<Kind, Measurement> each : results.entrySet()) {
            Measurement result = each.getValue();
            all += result.perSecond();
            out.printf(
                    Locale.ROOT,
                    "%-14s %10.1f %10.2f %10.2f %10d %8d%n",
                    each.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    result.perSecond(),
                    result.percentileMillis(50),
                    result.percentileMillis(99),
                    result.retries(),
                    result.failed());
        }
        Measurement newOrders = results.getOrDefault(Kind.NEW_ORDER, Measurement.failure("none"));
        out.printf(Locale.ROOT, "%-14s %10.1f%n", "all", all);
        out.printf(Locale.ROOT, "new orders per minute: %,.0f%n%n", newOrders.perSecond() * 60);
    }
}
