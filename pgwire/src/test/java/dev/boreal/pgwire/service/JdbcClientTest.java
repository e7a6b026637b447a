package dev.boreal.pgwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.pgwire.authentication.AuthenticationMethod;
import dev.boreal.pgwire.scripted.ScriptedService;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

class JdbcClientTest {
    private final ScriptedService service = new ScriptedService();
    private PgWireServer server = PgWireServer.start(PgWireConfiguration.loopback(0), service);

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(PgWireConfiguration configuration) {
        server.close();
        server = PgWireServer.start(configuration, service);
    }

    private Connection connect(String user, String password, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/test?" + options, user, password);
    }

    @Test
    void answersSimpleAndExtendedQueries() throws SQLException {
        for (String mode : new String[] {"simple", "extended"}) {
            try (Connection connection = connect("alice", "", "preferQueryMode=" + mode);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("ROWS 3")) {
                for (int i = 1; i <= 3; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i);
                }
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void answersPreparedStatementsInBinaryOnceTheServerHoldsThem() throws SQLException {
        try (Connection connection = connect("alice", "", "prepareThreshold=1");
                PreparedStatement statement = connection.prepareStatement("SELECT 258")) {
            for (int i = 0; i < 4; i++) {
                try (ResultSet row = statement.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getInt(1)).isEqualTo(258);
                }
            }
        }
    }

    @Test
    void passesParametersOn() throws SQLException {
        try (Connection connection = connect("alice", "", "");
                PreparedStatement statement = connection.prepareStatement("ECHO ?")) {
            for (int i = 0; i < 10; i++) {
                statement.setString(1, "grüße " + i);
                try (ResultSet row = statement.executeQuery()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo("grüße " + i);
                }
            }
        }
    }

    @Test
    void fetchesALargeResultInPieces() throws SQLException {
        try (Connection connection = connect("alice", "", "")) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(10);
                try (ResultSet rows = statement.executeQuery("ROWS 95")) {
                    int count = 0;
                    while (rows.next()) {
                        assertThat(rows.getInt(1)).isEqualTo(++count);
                    }
                    assertThat(count).isEqualTo(95);
                }
            }
            connection.commit();
        }
    }

    @Test
    void tellsEveryFieldOfAnError() throws SQLException {
        try (Connection connection = connect("alice", "", "");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("FAIL")).isInstanceOfSatisfying(PSQLException.class, e -> {
                assertThat(e.getSQLState()).isEqualTo("23505");
                var fields = e.getServerErrorMessage();
                assertThat(fields).isNotNull();
                assertThat(fields.getDetail()).isEqualTo("Key (a)=(1) already exists.");
                assertThat(fields.getHint()).isEqualTo("Take another.");
                assertThat(fields.getPosition()).isEqualTo(8);
                assertThat(fields.getWhere()).isEqualTo("a script");
                assertThat(fields.getSchema()).isEqualTo("public");
                assertThat(fields.getTable()).isEqualTo("t");
                assertThat(fields.getColumn()).isEqualTo("a");
                assertThat(fields.getDatatype()).isEqualTo("int4");
                assertThat(fields.getConstraint()).isEqualTo("t_pkey");
            });
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void copiesInAndOut() throws SQLException, IOException {
        try (Connection connection = connect("alice", "", "")) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            assertThat(copy.copyIn("COPYIN", new StringReader("a line\n".repeat(100_000))))
                    .isEqualTo(700_000);
            StringWriter lines = new StringWriter();
            copy.copyOut("COPYOUT 1000", lines);
            assertThat(lines.toString()).isEqualTo("line\n".repeat(1000));
        }
    }

    @Test
    void letsInByScramWhoKnowsThePasswordOnly() throws SQLException {
        restart(PgWireConfiguration.loopback(0).withAuthentication(AuthenticationMethod.SCRAM_SHA_256));
        try (Connection connection = connect("alice", "wonderland", "")) {
            assertThat(connection.isValid(5)).isTrue();
        }
        for (String user : new String[] {"alice", "carol", "nobody"}) {
            assertThatThrownBy(() -> connect(user, "guess", ""))
                    .isInstanceOf(PSQLException.class)
                    .hasMessageContaining("password authentication failed for user \"" + user + "\"")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("28P01");
        }
    }

    @Test
    void encryptsOnRequestAndDirectly(@TempDir Path folder) throws Exception {
        restart(PgWireConfiguration.loopback(0)
                .withAuthentication(AuthenticationMethod.SCRAM_SHA_256)
                .withTls(TestCertificate.create(folder)));
        for (String options : new String[] {"sslmode=require", "sslmode=require&sslNegotiation=direct"}) {
            try (Connection connection = connect("alice", "wonderland", options);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("BIG 2000")) {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                assertThat(count).isEqualTo(2000);
            }
        }
        try (Connection connection = connect("alice", "wonderland", "sslmode=disable")) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }
}
