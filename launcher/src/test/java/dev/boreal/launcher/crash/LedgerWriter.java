package dev.boreal.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.launcher.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Commits transactions 1, 2, 3, ... of one writer until the server is gone, and knows which were acknowledged. */
public final class LedgerWriter {
    private static final String CONFLICT = "40001";
    private static final String CONNECTION_LOST = "08";

    private final int id;
    private final Chance chance;
    private long acknowledged;
    private long attempted;
    private @Nullable SQLException surprise;

    public LedgerWriter(int id, Chance chance) {
        this.id = id;
        this.chance = chance;
    }

    public int id() {
        return id;
    }

    public long acknowledged() {
        return acknowledged;
    }

    /** Whether a commit's outcome is unknown. */
    public boolean isUnsettled() {
        return attempted != acknowledged;
    }

    /** An error other than a conflict or the end of the server; null if there was none. */
    public @Nullable SQLException surprise() {
        return surprise;
    }

    /** After a kill: what the server says was last. The commit that was under way may be there or not. */
    public void settle(long last) {
        assertThat(last)
                .as("last transaction of writer %d, of which %d were acknowledged", id, acknowledged)
                .isBetween(acknowledged, attempted);
        acknowledged = last;
        attempted = last;
    }

    void run(int port) {
        try (Connection connection = DriverManager.getConnection(TestServer.url(port))) {
            commitUntil(connection, () -> false);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            // A server that is being killed may still refuse a connection: 57P01 to 57P03.
            if (!state.startsWith(CONNECTION_LOST) && !state.startsWith("57P")) {
                surprise = e;
            }
        }
    }

    /** Commits one transaction after the other on a connection. */
    public void commitUntil(Connection connection, BooleanSupplier enough) throws SQLException {
        connection.setAutoCommit(false);
        while (!enough.getAsBoolean()) {
            try {
                transaction(connection, acknowledged + 1);
                attempted = acknowledged + 1;
                connection.commit();
                acknowledged = attempted;
            } catch (SQLException e) {
                if (!CONFLICT.equals(e.getSQLState())) {
                    throw e;
                }
                attempted = acknowledged;
                connection.rollback();
            }
        }
    }

    private void transaction(Connection connection, long n) throws SQLException {
        run(connection, "INSERT INTO ledger_entry VALUES (?, ?, ?, ?)", id, n, Ledger.group(n, false), code(n));
        run(connection, "INSERT INTO ledger_line SELECT ?, ?, g FROM generate_series(1, ?) g", id, n, Ledger.lines(n));
        long marked = n - Ledger.MARKED_AFTER;
        run(
                connection,
                "UPDATE ledger_entry SET grp = ? WHERE writer = ? AND n = ?",
                marked < 1 ? 0 : Ledger.group(marked, true),
                id,
                marked);
        run(connection, "DELETE FROM ledger_entry WHERE writer = ? AND n = ?", id, n - Ledger.KEPT);
        run(connection, "UPDATE ledger_count SET n = ? WHERE writer = ?", n, id);
        run(
                connection,
                "UPDATE ledger_account SET balance = balance - 1 WHERE id = ?",
                1 + chance.below(Ledger.ACCOUNTS));
        run(
                connection,
                "UPDATE ledger_account SET balance = balance + 1 WHERE id = ?",
                1 + chance.below(Ledger.ACCOUNTS));
    }

    private String code(long n) {
        return Ledger.code(id, n);
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
