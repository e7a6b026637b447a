package dev.boreal.launcher.isolation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Up to three transactions whose steps are interleaved as written. A step that a server makes wait goes on by itself
 * when it can, as it would for a person at a terminal: the steps of the other transactions do not wait for it.
 */
final class Scenario implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 200;

    private final String url;
    private final List<Transaction> transactions = new ArrayList<>();

    Scenario(String url, String isolation) throws SQLException {
        this.url = url;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS anomaly");
            statement.execute("CREATE TABLE anomaly (id int PRIMARY KEY, value int NOT NULL)");
            statement.execute("INSERT INTO anomaly VALUES (1, 10), (2, 20)");
        }
        for (int i = 0; i < 3; i++) {
            transactions.add(new Transaction(DriverManager.getConnection(url), isolation));
        }
    }

    Transaction first() {
        return transactions.get(0);
    }

    Transaction second() {
        return transactions.get(1);
    }

    Transaction third() {
        return transactions.get(2);
    }

    /** The rows when all is over, as {@code [1=10, 2=20]}. */
    String finalState() throws Exception {
        for (Transaction transaction : transactions) {
            transaction.finish();
        }
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, value FROM anomaly ORDER BY id")) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getInt(1) + "=" + result.getInt(2));
            }
            return rows.toString();
        }
    }

    @Override
    public void close() throws Exception {
        for (Transaction transaction : transactions) {
            transaction.close();
        }
    }

    /** One transaction on a connection and a thread of its own. */
    static final class Transaction implements AutoCloseable {
        private final Connection connection;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private Future<?> last;
        private volatile String failure = "";
        private volatile String read = "";
        private volatile boolean committed;

        Transaction(Connection connection, String isolation) throws SQLException {
            this.connection = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("BEGIN ISOLATION LEVEL " + isolation);
            }
            last = thread.submit(() -> {});
        }

        /** Runs a statement; one that changes rows. */
        Transaction change(String sql) throws Exception {
            return step(() -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            });
        }

        /** What a query finds, as {@code [10, 20]}; waits for it. */
        String read(String sql) throws Exception {
            step(() -> {
                try (Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery(sql)) {
                    List<Integer> values = new ArrayList<>();
                    while (result.next()) {
                        values.add(result.getInt(1));
                    }
                    read = values.toString();
                }
            });
            last.get();
            return read;
        }

        Transaction commit() throws Exception {
            return step(() -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("COMMIT");
                    committed = true;
                }
            });
        }

        Transaction rollback() throws Exception {
            return step(() -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("ROLLBACK");
                }
            });
        }

        /** Whether it committed; waits for whatever it is doing. */
        boolean committed() throws Exception {
            last.get();
            return committed;
        }

        /** The SQLSTATE that ended it, or empty. */
        String failure() throws Exception {
            last.get();
            return failure;
        }

        void finish() throws Exception {
            last.get();
            try (Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            }
        }

        private interface Step {
            void run() throws SQLException;
        }

        private Transaction step(Step step) throws InterruptedException, ExecutionException {
            last = thread.submit(() -> {
                if (!failure.isEmpty()) {
                    return;
                }
                try {
                    step.run();
                } catch (SQLException e) {
                    failure = e.getSQLState();
                }
            });
            try {
                last.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException waitsForAnother) {
                return this;
            }
            return this;
        }

        @Override
        public void close() throws Exception {
            thread.shutdownNow();
            connection.close();
        }
    }
}
