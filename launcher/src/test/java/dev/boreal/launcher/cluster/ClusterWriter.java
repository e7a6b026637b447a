package dev.boreal.launcher.cluster;

import dev.boreal.clock.Chance;
import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.crash.LedgerWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes a ledger through whichever query processor answers, and goes to the next one when something breaks. Before it goes
 * on it settles what became of the commit that was under way: by writing the row that it wrote, so that what is late
 * cannot come any more.
 */
final class ClusterWriter {
    private static final long PAUSE_MILLIS = 20;

    private final LedgerWriter writer;
    private final List<Integer> ports;
    private final AtomicLong commits = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Throwable surprise;
    private volatile long lastCommitNanos = System.nanoTime();
    private long longestGapNanos;

    ClusterWriter(int id, long seed, List<Integer> ports) {
        writer = new LedgerWriter(id, new Chance(seed));
        this.ports = ports;
        thread = Thread.ofPlatform().name("writer-" + id).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        int next = writer.id();
        while (!stopped && surprise == null) {
            int port = ports.get(next++ % ports.size());
            try (Connection connection = DriverManager.getConnection(
                    TestServer.url(port) + "&connectTimeout=5&socketTimeout=20&loginTimeout=10")) {
                writer.settle(settled(connection));
                writer.commitUntil(connection, this::committedAndEnough);
            } catch (SQLException e) {
                judge(e);
            } catch (AssertionError e) {
                surprise = e;
            }
            pause();
        }
    }

    private boolean committedAndEnough() {
        long known = writer.acknowledged();
        if (commits.getAndSet(known) != known) {
            long now = System.nanoTime();
            longestGapNanos = Math.max(longestGapNanos, now - lastCommitNanos);
            lastCommitNanos = now;
        }
        return stopped;
    }

    private long settled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "UPDATE ledger_count SET n = n WHERE writer = " + writer.id() + " RETURNING n")) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Lost connections, unknown outcomes, conflicts and timeouts are what a dying process may cause; nothing else is. */
    private void judge(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (!state.startsWith("08") && !state.startsWith("57") && !state.startsWith("58") && !state.startsWith("40")) {
            surprise = e;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Transactions of this writer that were acknowledged. */
    long commits() {
        return commits.get();
    }

    long longestGapNanos() {
        return longestGapNanos;
    }

    void forgetGap() {
        longestGapNanos = 0;
    }

    void verifyNoSurprise() {
        Throwable found = surprise;
        if (found != null) {
            throw new AssertionError("writer " + writer.id() + " did not expect this", found);
        }
    }

    LedgerWriter ledger() {
        return writer;
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
