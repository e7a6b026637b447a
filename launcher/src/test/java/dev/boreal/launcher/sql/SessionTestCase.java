package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.launcher.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server for all tests of a class, and how they talk to it: simple queries, so that nothing is prepared in between. */
abstract class SessionTestCase {
    @TempDir
    static Path directory;

    private static @Nullable TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(directory);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    static Connection connect(String label) throws SQLException {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return DriverManager.getConnection(
                TestServer.url(server.port()) + "&preferQueryMode=simple&ApplicationName=" + label);
    }

    /** A connection whose driver prepares its statements. */
    static Connection connectExtended() throws SQLException {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.connect();
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** All rows, fields of a row separated by {@code |}. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(result.getString(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    static @Nullable String value(Connection connection, String sql) throws SQLException {
        return rows(connection, sql).getFirst();
    }

    /** The SQLSTATE of a statement that must fail. */
    static String failure(Connection connection, String sql) {
        SQLException refusal = catchThrowableOfType(SQLException.class, () -> run(connection, sql));
        return refusal == null ? "succeeded" : refusal.getSQLState();
    }

    /** The SQLSTATEs of the warnings that a statement gave. */
    static List<String> warnings(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            List<String> states = new ArrayList<>();
            for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                states.add(warning.getSQLState());
            }
            return states;
        }
    }
}
