package dev.boreal.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boreal.clock.SystemClock;
import dev.boreal.launcher.TestServer;
import dev.boreal.launcher.configuration.BorealConfiguration;
import dev.boreal.pgwire.service.PgWireConfiguration;
import dev.boreal.pgwire.service.PgWireServer;
import dev.boreal.queryprocessor.session.Database;
import dev.boreal.queryprocessor.session.DatabaseConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two query processors over one adjudicator and one storage: whoever connects to either must not notice the other. */
class SeveralQueryProcessorsTest {
    private static final long HEAP = 256L << 20;

    @TempDir
    Path directory;

    private SingleProcess first;
    private Database second;
    private PgWireServer secondServer;
    private Connection here;
    private Connection there;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings = Map.of(
                "data.directory",
                directory.resolve("data").toString(),
                "listen.port",
                "0",
                "journal.segment.size",
                "1MB",
                "shutdown.timeout",
                "1s");
        first = SingleProcess.start(
                BorealConfiguration.of(settings, HEAP), QueryProcessors::create, StartListener.SILENT);
        Path spill = Files.createDirectories(directory.resolve("spill"));
        second = new Database(
                DatabaseConfiguration.inDirectory(spill).withProcessor(1, ""),
                first.storage(),
                first.adjudicator(),
                new SystemClock(0));
        secondServer = PgWireServer.start(PgWireConfiguration.loopback(0), second);
        here = DriverManager.getConnection(TestServer.url(first.port()));
        there = DriverManager.getConnection(TestServer.url(secondServer.port()));
    }

    @AfterEach
    void stop() throws Exception {
        here.close();
        there.close();
        secondServer.close();
        second.close();
        first.close();
    }

    @Test
    void seesWhatTheOtherOneDefinedBefore() throws SQLException {
        for (int round = 0; round < 20; round++) {
            run(here, "CREATE TABLE made (id int PRIMARY KEY)");
            run(there, "INSERT INTO made VALUES (1)");
            run(there, "ALTER TABLE made ADD COLUMN name text DEFAULT 'nobody'");
            assertThat(text(here, "SELECT name FROM made")).isEqualTo("nobody");
            run(here, "DROP TABLE made");
            assertThatThrownBy(() -> run(there, "SELECT * FROM made")).hasMessageContaining("does not exist");
        }
    }

    @Test
    void usesNoPlanFromBeforeADefinition() throws SQLException {
        run(here, "CREATE TABLE wide (id int PRIMARY KEY, n int)");
        run(here, "INSERT INTO wide VALUES (1, 10)");
        try (PreparedStatement insert = there.prepareStatement("INSERT INTO wide VALUES (?, ?)")) {
            for (int i = 2; i < 20; i++) {
                insert.setInt(1, i);
                insert.setInt(2, 10 * i);
                insert.executeUpdate();
            }
            run(here, "CREATE UNIQUE INDEX wide_n ON wide (n)");
            insert.setInt(1, 100);
            insert.setInt(2, 10);
            assertThatThrownBy(insert::executeUpdate)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("wide_n");
            insert.setInt(2, 1_000);
            insert.executeUpdate();
        }
        assertThat(text(here, "SELECT id FROM wide WHERE n = 1000")).isEqualTo("100");
        assertThat(columns(there, "SELECT * FROM wide")).isEqualTo(2);
        run(here, "ALTER TABLE wide ADD COLUMN more int");
        assertThat(columns(there, "SELECT * FROM wide")).isEqualTo(3);
        run(here, "ALTER TABLE wide DROP COLUMN n");
        assertThat(columns(there, "SELECT * FROM wide")).isEqualTo(2);
        assertThatThrownBy(() -> run(there, "SELECT n FROM wide")).hasMessageContaining("\"n\" does not exist");
    }

    @Test
    void refusesADefinitionUnderAnOpenWriter() throws SQLException {
        run(here, "CREATE TABLE written (id int PRIMARY KEY)");
        there.setAutoCommit(false);
        run(there, "INSERT INTO written VALUES (1)");
        run(here, "ALTER TABLE written ADD COLUMN name text NOT NULL DEFAULT ''");
        assertThatThrownBy(there::commit)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
    }

    @Test
    void keepsPlansWhenDefinitionsCommitInTheOtherOrderThanTheyBegan() throws SQLException {
        run(here, "CREATE TABLE base (id int PRIMARY KEY)");
        here.setAutoCommit(false);
        run(here, "CREATE TABLE begun_first (id int PRIMARY KEY)");
        run(there, "CREATE TABLE begun_second (id int PRIMARY KEY)");
        here.commit();
        here.setAutoCommit(true);
        for (Connection connection : new Connection[] {here, there}) {
            assertThat(text(connection, "SELECT count(*) FROM begun_first")).isEqualTo("0");
            assertThat(text(connection, "SELECT count(*) FROM begun_second")).isEqualTo("0");
        }
    }

    @Test
    void neverRepeatsAValueOfASequence() throws SQLException {
        run(here, "CREATE TABLE numbered (id bigserial PRIMARY KEY, at text)");
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(given.add(text(here, "INSERT INTO numbered (at) VALUES ('here') RETURNING id")))
                    .isTrue();
            assertThat(given.add(text(there, "INSERT INTO numbered (at) VALUES ('there') RETURNING id")))
                    .isTrue();
        }
        assertThat(text(here, "SELECT count(DISTINCT id) FROM numbered")).isEqualTo("400");
    }

    @Test
    void followsASequenceThatTheOtherOneSet() throws SQLException {
        run(here, "CREATE SEQUENCE numbers");
        assertThat(text(there, "SELECT nextval('numbers')")).isEqualTo("1");
        run(here, "SELECT setval('numbers', 5000)");
        assertThat(Long.parseLong(text(there, "SELECT nextval('numbers')"))).isGreaterThan(5_000);
        assertThat(Long.parseLong(text(here, "SELECT nextval('numbers')"))).isGreaterThan(5_000);
        run(there, "ALTER SEQUENCE numbers RESTART WITH 90000");
        assertThat(Long.parseLong(text(here, "SELECT nextval('numbers')"))).isGreaterThanOrEqualTo(90_000);
    }

    @Test
    void sharesAdvisoryLocks() throws SQLException {
        assertThat(text(here, "SELECT pg_try_advisory_lock(7)")).isEqualTo("t");
        assertThat(text(there, "SELECT pg_try_advisory_lock(7)")).isEqualTo("f");
        run(here, "SELECT pg_advisory_unlock(7)");
        assertThat(text(there, "SELECT pg_try_advisory_lock(7)")).isEqualTo("t");
    }

    @Test
    void givesEverySessionAProcessIdOfItsOwn() throws SQLException {
        assertThat(text(here, "SELECT pg_backend_pid()")).isNotEqualTo(text(there, "SELECT pg_backend_pid()"));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static int columns(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getMetaData().getColumnCount();
        }
    }
}
