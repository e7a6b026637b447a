package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.wire.WireClient;
import dev.boreal.queryprocessor.session.Database;
import dev.boreal.queryprocessor.session.DatabaseConfiguration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the server runs again by itself, how often, and what a client hears when that is not enough. */
class ExhaustedRetriesTest {
    private static final int RETRIES = 5;

    @TempDir
    Path directory;

    private final AtomicReference<ContestedAdjudicator> adjudicator = new AtomicReference<>();
    private TestServer server;
    private Connection simple;
    private Connection extended;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory, Map.of(), (storage, real, clock, spill) -> {
            adjudicator.set(new ContestedAdjudicator(real));
            return new Database(
                    new DatabaseConfiguration(0, "", 64L << 20, spill, 10, RETRIES, 100),
                    storage,
                    adjudicator.get(),
                    clock);
        });
        simple = connect("simple");
        extended = connect("extended");
        try (Statement statement = simple.createStatement()) {
            statement.execute("CREATE TABLE account (id int PRIMARY KEY, balance int)");
            statement.execute("INSERT INTO account VALUES (1, 100)");
        }
    }

    @AfterEach
    void stop() throws SQLException {
        simple.close();
        extended.close();
        server.close();
    }

    private Connection connect(String mode) throws SQLException {
        return DriverManager.getConnection(TestServer.url(server.port()) + "&preferQueryMode=" + mode);
    }

    private ContestedAdjudicator adjudicator() {
        return adjudicator.get();
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static int balance(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT balance FROM account WHERE id = 1")) {
            row.next();
            return row.getInt(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void tellsTheClientOfAConflictThatNoRetryOvercame(String protocol) throws SQLException {
        Connection connection = protocol.equals("simple") ? simple : extended;
        for (String sql : new String[] {
            "UPDATE account SET balance = balance + 1 WHERE id = 1",
            "UPDATE account SET balance = balance + 1 WHERE id = 1 RETURNING balance"
        }) {
            adjudicator().contest(Integer.MAX_VALUE);
            PSQLException refusal = catchThrowableOfType(PSQLException.class, () -> update(connection, sql));
            assertThat(adjudicator().refused()).isEqualTo(1 + RETRIES);
            assertThat(refusal.getSQLState()).isEqualTo("40001");
            ServerErrorMessage message = refusal.getServerErrorMessage();
            assertThat(message.getSeverity()).isEqualTo("ERROR");
            assertThat(message.getDetail())
                    .contains("Key (id)=(1) of table \"account\" was updated")
                    .contains("transaction 4711 of session \"the_faster\"")
                    .contains("(adjudicator contested)");
            assertThat(message.getHint()).contains("retried it " + RETRIES + " times");
            assertThat(message.getTable()).isEqualTo("account");

            assertThat(balance(connection)).isEqualTo(100);
            adjudicator().contest(0);
        }
        update(connection, "UPDATE account SET balance = 101 WHERE id = 1");
        assertThat(balance(connection)).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void hidesAConflictThatTheLastRetryOvercame(String protocol) throws SQLException {
        Connection connection = protocol.equals("simple") ? simple : extended;
        adjudicator().contest(RETRIES);
        update(connection, "UPDATE account SET balance = balance + 1 WHERE id = 1");
        assertThat(adjudicator().refused()).isEqualTo(RETRIES);
        assertThat(balance(connection)).isEqualTo(101);
    }

    @Test
    void runsAStringOfStatementsAgainAsAWhole() throws Exception {
        String both = "UPDATE account SET balance = balance + 1; UPDATE account SET balance = balance * 2";
        try (WireClient client = new WireClient(server.port(), "postgres", "postgres")) {
            adjudicator().contest(Integer.MAX_VALUE);
            assertThat(client.simple(both).getLast().sqlState()).isEqualTo("40001");
            assertThat(adjudicator().refused()).isEqualTo(1 + RETRIES);
            adjudicator().contest(RETRIES);
            assertThat(client.simple(both).getLast().sqlState()).isEmpty();
        }
        assertThat(balance(simple)).isEqualTo(202);
    }

    @Test
    void neverRunsABlockAgain() throws SQLException {
        extended.setAutoCommit(false);
        update(extended, "UPDATE account SET balance = 0 WHERE id = 1");
        adjudicator().contest(Integer.MAX_VALUE);
        PSQLException refusal = catchThrowableOfType(PSQLException.class, extended::commit);
        assertThat(adjudicator().refused()).isEqualTo(1);
        assertThat(refusal.getSQLState()).isEqualTo("40001");
        assertThat(refusal.getServerErrorMessage().getHint()).isEqualTo("The transaction might succeed if retried.");
        extended.rollback();
        assertThat(balance(extended)).isEqualTo(100);
    }
}
