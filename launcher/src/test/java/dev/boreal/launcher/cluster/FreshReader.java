package dev.boreal.launcher.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads through one query processor, over and over: every snapshot holds what was acknowledged before it was taken, and
 * whole transfers only. A reader that is cut off gets errors or waits; it never gets the past.
 */
final class FreshReader {
    private static final long PAUSE_MILLIS = 60;

    private final String server;
    private final List<ClusterWriter> writers;
    private final long money;
    private final Thread thread;
    private volatile boolean stopped;
    private final AtomicLong reads = new AtomicLong();
    private volatile @Nullable Throwable surprise;

    /**
     * @param server JDBC address of a query processor
     * @param money sum of all accounts
     */
    FreshReader(String server, List<ClusterWriter> writers, long money) {
        this.server = server;
        this.writers = writers;
        this.money = money;
        thread = Thread.ofPlatform().name("reader").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!stopped && surprise == null) {
            try (Connection connection = DriverManager.getConnection(server);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (!stopped && surprise == null) {
                    snapshot(statement);
                    connection.commit();
                    reads.incrementAndGet();
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (SQLException e) {
                judge(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void judge(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (!state.startsWith("08") && !state.startsWith("57") && !state.startsWith("58")) {
            surprise = e;
            return;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    private void snapshot(Statement statement) throws SQLException {
        long[] acknowledged = new long[writers.size()];
        for (int i = 0; i < acknowledged.length; i++) {
            acknowledged[i] = writers.get(i).commits();
        }
        try (ResultSet counts = statement.executeQuery("SELECT n FROM ledger_count ORDER BY writer")) {
            for (int i = 0; i < acknowledged.length; i++) {
                if (!counts.next() || counts.getLong(1) < acknowledged[i]) {
                    surprise = new AssertionError(server + " does not show commit " + acknowledged[i] + " of writer "
                            + (i + 1) + ", acknowledged before it was asked");
                }
            }
        }
        try (ResultSet sum = statement.executeQuery("SELECT sum(balance) FROM ledger_account")) {
            if (!sum.next() || sum.getLong(1) != money) {
                surprise = new AssertionError(server + " shows half a transfer");
            }
        }
    }

    /** Snapshots that were as they must be. */
    long reads() {
        return reads.get();
    }

    void verifyNoSurprise() {
        Throwable found = surprise;
        if (found != null) {
            throw new AssertionError("a reader did not expect this", found);
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
