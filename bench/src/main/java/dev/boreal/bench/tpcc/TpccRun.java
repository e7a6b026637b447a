package dev.boreal.bench.tpcc;

import dev.boreal.bench.report.Measurement;
import dev.boreal.bench.server.Server;
import dev.boreal.bench.tpcc.TpccTransaction.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Terminals that run transactions one after the other, without waiting, for a time. */
final class TpccRun {
    private static final int MAX_TRIES = 100;
    private static final int PROGRESS_SECONDS = 5;

    private final Server server;
    private final TpccSize size;
    private final int seconds;
    private final LongAdder committed = new LongAdder();

    TpccRun(Server server, TpccSize size, int seconds) {
        this.server = server;
        this.size = size;
        this.seconds = seconds;
    }

    /** What happened, by kind of transaction. */
    static final class Tally {
        final Histogram latencies = Measurement.newLatencies();
        long failed;
        long retries;
    }

    Map<Kind, Measurement> run(int clients, Consumer<String> progress) throws SQLException, InterruptedException {
        long started = System.nanoTime();
        long deadline = started + seconds * 1_000_000_000L;
        List<Future<Map<Kind, Tally>>> running = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            for (int i = 0; i < clients; i++) {
                int number = i;
                running.add(threads.submit(() -> terminal(number, deadline)));
            }
            long before = 0;
            for (int second = PROGRESS_SECONDS; second < seconds; second += PROGRESS_SECONDS) {
                Thread.sleep(Math.max(1, (started + second * 1_000_000_000L - System.nanoTime()) / 1_000_000));
                long now = committed.sum();
                progress.accept(second + " s: " + (now - before) / PROGRESS_SECONDS + " transactions/s");
                before = now;
            }
        }
        return merged(running, System.nanoTime() - started);
    }

    private static Map<Kind, Measurement> merged(List<Future<Map<Kind, Tally>>> running, long nanos)
            throws SQLException, InterruptedException {
        Map<Kind, Measurement> results = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Tally all = new Tally();
            for (Future<Map<Kind, Tally>> each : running) {
                Tally tally;
                try {
                    tally = each.get().getOrDefault(kind, new Tally());
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getCause());
                }
                all.latencies.add(tally.latencies);
                all.failed += tally.failed;
                all.retries += tally.retries;
            }
            double perSecond = all.latencies.getTotalCount() * 1e9 / nanos;
            results.put(kind, new Measurement(perSecond, all.latencies, all.failed, all.retries, null));
        }
        return results;
    }

    /** Each terminal belongs to a warehouse; it draws its transactions from a sequence of its own. */
    private Map<Kind, Tally> terminal(int number, long deadline) throws SQLException {
        Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
        TpccRandom random = new TpccRandom(1000 + number, size);
        int warehouse = number % size.warehouses() + 1;
        try (Terminal terminal = new Terminal(server.connect(Map.of("socketTimeout", "60")))) {
            while (System.nanoTime() < deadline) {
                Kind kind = Kind.at(random.between(0, 99));
                Tally tally = tallies.computeIfAbsent(kind, k -> new Tally());
                TpccTransaction transaction = TpccTransaction.of(kind, random, size, warehouse);
                long started = System.nanoTime();
                if (commits(transaction, terminal, tally)) {
                    Measurement.record(tally.latencies, (System.nanoTime() - started) / 1000);
                    committed.increment();
                } else {
                    tally.failed++;
                }
            }
        }
        return tallies;
    }

    private static boolean commits(TpccTransaction transaction, Terminal terminal, Tally tally) throws SQLException {
        for (int attempt = 1; attempt <= MAX_TRIES; attempt++) {
            try {
                transaction.run(terminal);
                return true;
            } catch (SQLException e) {
                if (!isConflict(e)) {
                    throw e;
                }
                terminal.rollback();
                tally.retries++;
            }
        }
        return false;
    }

    /** A serialization failure or a deadlock, also inside a batch. */
    private static boolean isConflict(SQLException e) {
        for (SQLException each = e; each != null; each = each.getNextException()) {
            if ("40001".equals(each.getSQLState()) || "40P01".equals(each.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
