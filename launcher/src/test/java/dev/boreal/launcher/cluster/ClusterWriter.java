package dev.boreal.launcher.cluster;

import dev.boreal.clock.Chance;
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
 * Writes a ledger through a query processor of its own, and through whichever other one answers when something breaks there.
 * Before it goes on it settles what became of the commit that was under way: by writing the row that it wrote, so that what is
 * late cannot come any more. What is there then must be every commit that was acknowledged, and at most the one that was not.
 */
final class ClusterWriter {
    private static final long PAUSE_MILLIS = 20;
    private static final int COMMITS_AWAY = 50;

    private final LedgerWriter writer;
    private final List<String> servers;
    private final boolean stays;
    private final CommitTimes times;
    private final AtomicLong commits = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Throwable surprise;
    private final AtomicLong unknown = new AtomicLong();
    private volatile String trouble = "";
    private long known;
    private int away;

    /**
     * @param servers JDBC addresses of query processors, the preferred one first
     * @param stays whether it goes to the first one only
     */
    ClusterWriter(int id, long seed, List<String> servers, boolean stays, CommitTimes times) {
        writer = new LedgerWriter(id, new Chance(seed));
        this.servers = List.copyOf(servers);
        this.stays = stays;
        this.times = times;
        thread = Thread.ofPlatform().name("writer-" + id).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        int next = 0;
        while (!stopped && surprise == null) {
            boolean home = next % servers.size() == 0;
            away = home ? Integer.MAX_VALUE : COMMITS_AWAY;
            try (Connection connection = DriverManager.getConnection(servers.get(next % servers.size()))) {
                settle(connection);
                writer.commitUntil(connection, this::committedAndEnough);
                next = 0;
            } catch (SQLException e) {
                judge(e);
                next = stays ? 0 : next + 1;
            } catch (AssertionError e) {
                surprise = e;
            }
            pause();
        }
    }

    private void settle(Connection connection) throws SQLException {
        boolean open = writer.isUnsettled();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "UPDATE ledger_count SET n = n WHERE writer = " + writer.id() + " RETURNING n")) {
            result.next();
            writer.settle(result.getLong(1));
        }
        if (open) {
            unknown.incrementAndGet();
        }
        known = writer.acknowledged();
        commits.set(known);
        times.note(System.nanoTime());
    }

    private boolean committedAndEnough() {
        if (writer.acknowledged() != known) {
            known = writer.acknowledged();
            times.note(System.nanoTime());
            commits.set(known);
            away--;
        }
        return stopped || away <= 0;
    }

    /** Lost connections, unknown outcomes, conflicts and timeouts are what a dying process may cause; nothing else is. */
    private void judge(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        trouble = state + " " + e.getMessage();
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

    /** The last transaction of this writer that was acknowledged, or found to be there. */
    long commits() {
        return commits.get();
    }

    /** How often it had to find out what became of a commit. */
    long unknown() {
        return unknown.get();
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

    /** What it met last, for people. */
    @Override
    public String toString() {
        return "writer " + writer.id() + " at commit " + commits() + (trouble.isEmpty() ? "" : ", last: " + trouble);
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
