package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements and sessions that are stopped: by their client, by another session, by the clock. */
@Timeout(60)
class StoppingTest extends SessionTestCase {
    private static final String LONG = "SELECT pg_sleep(1000)";

    /** Runs a statement that takes for ever, elsewhere, and gives its SQLSTATE. */
    private static CompletableFuture<String> running(Connection connection, Connection watcher, String sql)
            throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> answer.complete(failure(connection, sql)));
        String active = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = '" + sql + "'";
        while (!answer.isDone() && !"1".equals(value(watcher, active))) {
            Thread.onSpinWait();
        }
        return answer;
    }

    private static String pid(Connection connection) throws SQLException {
        return String.valueOf(value(connection, "SELECT pg_backend_pid()"));
    }

    @Test
    void cancelsAtTheClientsRequest() throws Exception {
        try (Connection connection = connect("cancelled");
                Connection watcher = connect("watcher");
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    statement.execute(LONG);
                } catch (SQLException e) {
                    answer.complete(e.getSQLState());
                }
            });
            while (!"1"
                    .equals(value(
                            watcher,
                            "SELECT count(*) FROM pg_stat_activity WHERE query = '" + LONG
                                    + "' AND state = 'active'"))) {
                Thread.onSpinWait();
            }
            statement.cancel();
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void cancelsAtAnotherSessionsRequest() throws Exception {
        try (Connection connection = connect("victim");
                Connection other = connect("other")) {
            String pid = pid(connection);
            CompletableFuture<String> answer = running(connection, other, LONG);
            assertThat(value(other, "SELECT pg_cancel_backend(" + pid + ")")).isEqualTo("t");
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("57014");
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
            assertThat(value(other, "SELECT pg_cancel_backend(123456)")).isEqualTo("f");
        }
    }

    @Test
    void terminatesAnotherSession() throws Exception {
        try (Connection idle = connect("idle");
                Connection busy = connect("busy");
                Connection other = connect("other")) {
            String idlePid = pid(idle);
            String busyPid = pid(busy);
            CompletableFuture<String> answer = running(busy, other, LONG);
            assertThat(value(other, "SELECT pg_terminate_backend(" + busyPid + ")"))
                    .isEqualTo("t");
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("57P01");
            assertThat(value(other, "SELECT pg_terminate_backend(" + idlePid + ")"))
                    .isEqualTo("t");
            awaitGone(other, idlePid);
            assertThat(failure(idle, "SELECT 1")).isIn("57P01", "08006");
        }
    }

    private static void awaitGone(Connection watcher, String pid) throws SQLException {
        while (!"0".equals(value(watcher, "SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void stopsAStatementAtItsTimeout() throws Exception {
        try (Connection connection = connect("late")) {
            run(connection, "SET statement_timeout = '50ms'");
            assertThat(failure(connection, LONG)).isEqualTo("57014");
            assertThat(failure(connection, "SELECT count(*) FROM generate_series(1, 100000000000)"))
                    .isEqualTo("57014");
            assertThat(value(connection, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void endsASessionThatIsIdleInItsTransaction() throws Exception {
        try (Connection connection = connect("idler");
                Connection watcher = connect("watcher")) {
            run(connection, "CREATE TABLE idled (id int)", "SET idle_in_transaction_session_timeout = '50ms'");
            String pid = pid(connection);
            run(connection, "BEGIN", "INSERT INTO idled VALUES (1)");
            awaitGone(watcher, pid);
            assertThat(failure(connection, "COMMIT")).isIn("25P03", "08006");
            assertThat(rows(watcher, "SELECT * FROM idled")).isEmpty();
        }
    }

    @Test
    void endsASessionThatIsIdle() throws Exception {
        try (Connection connection = connect("idler");
                Connection watcher = connect("watcher")) {
            String pid = pid(connection);
            run(connection, "SET idle_session_timeout = '50ms'");
            awaitGone(watcher, pid);
            assertThat(failure(connection, "SELECT 1")).isIn("57P05", "08006");
        }
    }

    @Test
    void endsATransactionThatLastsTooLong() throws Exception {
        try (Connection connection = connect("slow")) {
            run(connection, "SET transaction_timeout = '50ms'", "BEGIN");
            assertThat(failure(connection, LONG)).isIn("25P04", "08006");
        }
    }

    @Test
    void showsWhatSessionsDo() throws Exception {
        try (Connection connection = connect("shown");
                Connection watcher = connect("watcher")) {
            run(connection, "BEGIN", "SELECT 42");
            assertThat(rows(
                            watcher,
                            "SELECT state, query, usename, client_addr, xact_start <= query_start FROM pg_stat_activity"
                                    + " WHERE application_name = 'shown'"))
                    .containsExactly("idle in transaction|SELECT 42|postgres|127.0.0.1|t");
            assertThat(failure(connection, "SELECT 1 / 0")).isEqualTo("22012");
            assertThat(value(watcher, "SELECT state FROM pg_stat_activity WHERE application_name = 'shown'"))
                    .isEqualTo("idle in transaction (aborted)");
            run(connection, "ROLLBACK");
            assertThat(rows(watcher, "SELECT state, xact_start FROM pg_stat_activity WHERE application_name = 'shown'"))
                    .containsExactly("idle|null");
        }
    }
}
