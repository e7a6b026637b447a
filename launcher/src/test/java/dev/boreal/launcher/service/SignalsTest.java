package dev.boreal.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.launcher.ServerProcess;
import dev.boreal.launcher.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and SIGTERM stop a server cleanly, whatever its clients do, and the next start finds everything. */
@Timeout(120)
class SignalsTest {
    @TempDir
    Path directory;

    @Test
    void stopsAtASignalAndGoesOnWithTheSecondStart() throws Exception {
        Path data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.start(data);
                Connection idle = DriverManager.getConnection(TestServer.url(server.port()));
                Connection inBlock = DriverManager.getConnection(TestServer.url(server.port()))) {
            run(idle, "CREATE TABLE kept (id int PRIMARY KEY)");
            run(idle, "INSERT INTO kept VALUES (1)");
            inBlock.setAutoCommit(false);
            run(inBlock, "INSERT INTO kept VALUES (2)");
            assertThat(server.interrupt()).isZero();
            assertThat(server.lastWords()).containsSubsequence("Ctrl-C stops.", "stopping", "stopped");
            assertThat(data.resolve("boreal.control")).doesNotExist();
        }
        try (ServerProcess server = ServerProcess.start(data)) {
            try (Connection connection = DriverManager.getConnection(TestServer.url(server.port()));
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*), sum(id) FROM kept")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(1);
                assertThat(row.getInt(2)).isEqualTo(1);
            }
            assertThat(Files.exists(data.resolve("boreal.control"))).isTrue();
            assertThat(server.stop()).isZero();
            assertThat(server.lastWords()).containsSubsequence("stopping", "stopped");
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
