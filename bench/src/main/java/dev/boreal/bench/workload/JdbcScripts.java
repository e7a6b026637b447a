package dev.boreal.bench.workload;

import dev.boreal.bench.report.Measurement;
import dev.boreal.bench.server.BenchmarkException;
import dev.boreal.bench.server.Server;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The transactions of pgbench's scripts over JDBC, for machines without pgbench. One thread per client. */
public final class JdbcScripts {
    private static final int ACCOUNTS = 100_000;
    private static final int TELLERS = 10;
    private static final int MAX_TRIES = 100;

    private final int scale;

    public JdbcScripts(int scale) {
        this.scale = scale;
    }

    /** Makes and fills the four tables as {@code pgbench -i} does. */
    public void initialize(Server server) throws BenchmarkException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "DROP TABLE IF EXISTS pgbench_accounts, pgbench_branches, pgbench_history," + " pgbench_tellers");
            statement.execute("CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp,"
                    + " filler char(22))");
            statement.execute(
                    "CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int, tbalance int," + " filler char(84))");
            statement.execute(
                    "CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int," + " filler char(84))");
            statement.execute("CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88))");
            load(connection, "pgbench_branches (bid, bbalance)", scale, 1);
            load(connection, "pgbench_tellers (tid, bid, tbalance)", TELLERS * scale, TELLERS);
            load(connection, "pgbench_accounts (aid, bid, abalance, filler)", ACCOUNTS * scale, ACCOUNTS);
        } catch (SQLException e) {
            throw new BenchmarkException(
                    "cannot fill the tables on " + server.name() + ": " + BulkWorkload.firstLine(e.getMessage()));
        }
    }

    private static void load(Connection connection, String target, int rows, int perBranch) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + target + " FROM STDIN");
        StringBuilder piece = new StringBuilder();
        for (int i = 1; i <= rows; i++) {
            piece.append(i);
            if (perBranch > 1) {
                piece.append('\t').append((i - 1) / perBranch + 1);
            }
            piece.append("\t0").append(perBranch == ACCOUNTS ? "\t\n" : "\n");
            if (piece.length() > 60_000 || i == rows) {
                byte[] bytes = piece.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                copy.writeToCopy(bytes, 0, bytes.length);
                piece.setLength(0);
            }
        }
        copy.endCopy();
    }

    /**
     * Parameters as those of {@link dev.boreal.bench.pgbench.Pgbench#measure}.
     *
     * @param script also {@code commit}: as simple-update, but only COMMIT is timed
     */
    public Measurement measure(Server server, String script, String protocol, int clients, int seconds, int seed)
            throws InterruptedException {
        Map<String, String> properties = protocol.equals("simple")
                ? Map.of("preferQueryMode", "simple", "socketTimeout", "60")
                : Map.of("prepareThreshold", "1", "socketTimeout", "60");
        List<Client> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            for (int i = 0; i < clients; i++) {
                all.add(new Client(server.connect(properties), script, new SplittableRandom(seed * 1000L + i)));
            }
            long started = System.nanoTime();
            long deadline = started + seconds * 1_000_000_000L;
            List<Future<?>> running = new ArrayList<>();
            for (Client client : all) {
                running.add(threads.submit(() -> {
                    client.run(deadline);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            return result(all, System.nanoTime() - started);
        } catch (SQLException e) {
            return Measurement.failure(BulkWorkload.firstLine(e.getMessage()));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return Measurement.failure(BulkWorkload.firstLine(cause == null ? null : cause.getMessage()));
        } finally {
            threads.shutdownNow();
            for (Client client : all) {
                abort(client.connection);
            }
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            System.err.println("could not close a connection: " + e.getMessage());
        }
    }

    private static Measurement result(List<Client> clients, long nanos) {
        Histogram latencies = Measurement.newLatencies();
        long failed = 0;
        long retries = 0;
        for (Client client : clients) {
            latencies.add(client.latencies);
            failed += client.failed;
            retries += client.retries;
        }
        return new Measurement(latencies.getTotalCount() * 1e9 / nanos, latencies, failed, retries, null);
    }

    private final class Client {
        private final Connection connection;
        private final boolean selectOnly;
        private final boolean allUpdates;
        private final boolean commitOnly;
        private final SplittableRandom random;
        private final Histogram latencies = Measurement.newLatencies();
        private final PreparedStatement select;
        private final PreparedStatement account;
        private final PreparedStatement teller;
        private final PreparedStatement branch;
        private final PreparedStatement history;
        private long failed;
        private long retries;
        private long beganCommit;

        Client(Connection connection, String script, SplittableRandom random) throws SQLException {
            this.connection = connection;
            this.selectOnly = script.equals("select-only");
            this.allUpdates = script.equals("tpcb-like");
            this.commitOnly = script.equals("commit");
            this.random = random;
            connection.setAutoCommit(selectOnly);
            select = connection.prepareStatement("SELECT abalance FROM pgbench_accounts WHERE aid = ?");
            account = connection.prepareStatement("UPDATE pgbench_accounts SET abalance = abalance + ? WHERE aid = ?");
            teller = connection.prepareStatement("UPDATE pgbench_tellers SET tbalance = tbalance + ? WHERE tid = ?");
            branch = connection.prepareStatement("UPDATE pgbench_branches SET bbalance = bbalance + ? WHERE bid = ?");
            history = connection.prepareStatement("INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)"
                    + " VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)");
        }

        void run(long deadline) throws SQLException {
            while (System.nanoTime() < deadline) {
                int aid = random.nextInt(ACCOUNTS * scale) + 1;
                int bid = random.nextInt(scale) + 1;
                int tid = random.nextInt(TELLERS * scale) + 1;
                int delta = random.nextInt(10_001) - 5000;
                long started = System.nanoTime();
                boolean done = false;
                for (int attempt = 1; !done && attempt <= MAX_TRIES; attempt++) {
                    done = attempt(aid, bid, tid, delta);
                    retries += done ? 0 : 1;
                }
                if (done) {
                    Measurement.record(latencies, (System.nanoTime() - (commitOnly ? beganCommit : started)) / 1000);
                } else {
                    failed++;
                }
            }
        }

        private boolean attempt(int aid, int bid, int tid, int delta) throws SQLException {
            try {
                if (!selectOnly) {
                    update(account, delta, aid);
                }
                select.setInt(1, aid);
                select.executeQuery().close();
                if (selectOnly) {
                    return true;
                }
                if (allUpdates) {
                    update(teller, delta, tid);
                    update(branch, delta, bid);
                }
                history.setInt(1, tid);
                history.setInt(2, bid);
                update(history, 3, aid, delta);
                beganCommit = System.nanoTime();
                connection.commit();
                return true;
            } catch (SQLException e) {
                if (selectOnly || !isConflict(e)) {
                    throw e;
                }
                connection.rollback();
                return false;
            }
        }

        private static boolean isConflict(SQLException e) {
            return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
        }

        private static void update(PreparedStatement statement, int first, int second) throws SQLException {
            update(statement, 1, first, second);
        }

        private static void update(PreparedStatement statement, int from, int first, int second) throws SQLException {
            statement.setInt(from, first);
            statement.setInt(from + 1, second);
            statement.executeUpdate();
        }
    }
}
