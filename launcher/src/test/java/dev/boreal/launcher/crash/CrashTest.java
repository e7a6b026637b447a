package dev.boreal.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import dev.boreal.launcher.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server with SIGKILL at random moments under write load and looks what is there afterwards. The number of
 * kills is {@code -Dboreal.crash.rounds}, 3 unless told.
 */
@EnabledIf("dev.boreal.launcher.TestServer#answers")
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("boreal.crash.rounds", 3);
    private static final int WRITERS = 4;
    private static final int LEAST_LIFE_MILLIS = 100;
    private static final int MOST_LIFE_MILLIS = 1_200;

    @TempDir
    Path directory;

    /** What a writer knows: transactions are numbered from 1, and all up to this were acknowledged. */
    private static final class Writer {
        final int id;
        long acknowledged;
        long attempted;

        Writer(int id) {
            this.id = id;
        }

        /** Each transaction puts one row into each of two tables and moves a counter, until the server is gone. */
        void run(int port) {
            try (Connection connection = DriverManager.getConnection(TestServer.url(port))) {
                connection.setAutoCommit(false);
                try (PreparedStatement left = connection.prepareStatement("INSERT INTO crash_left VALUES (?, ?)");
                        PreparedStatement right = connection.prepareStatement("INSERT INTO crash_right VALUES (?, ?)");
                        PreparedStatement count =
                                connection.prepareStatement("UPDATE crash_count SET n = ? WHERE writer = ?")) {
                    while (true) {
                        long next = Math.max(acknowledged, attempted) + 1;
                        attempted = next;
                        left.setInt(1, id);
                        left.setLong(2, next);
                        left.executeUpdate();
                        right.setInt(1, id);
                        right.setLong(2, next);
                        right.executeUpdate();
                        count.setLong(1, next);
                        count.setInt(2, id);
                        count.executeUpdate();
                        connection.commit();
                        acknowledged = next;
                    }
                }
            } catch (SQLException serverIsGone) {
                assertThat(serverIsGone.getSQLState()).startsWith("08");
            }
        }
    }

    @Test
    void keepsEveryAcknowledgedCommitAndNothingHalf() throws Exception {
        Chance chance = new Chance(Long.getLong("boreal.crash.seed", 20_260_101L));
        Path data = directory.resolve("data");
        List<Writer> writers = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(data);
                Connection connection = DriverManager.getConnection(TestServer.url(server.port()));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE crash_left (writer int, n bigint, PRIMARY KEY (writer, n))");
            statement.execute("CREATE TABLE crash_right (writer int, n bigint, PRIMARY KEY (writer, n))");
            statement.execute("CREATE TABLE crash_count (writer int PRIMARY KEY, n bigint)");
            for (int id = 1; id <= WRITERS; id++) {
                statement.execute("INSERT INTO crash_count VALUES (" + id + ", 0)");
                writers.add(new Writer(id));
            }
        }
        int slowestStart = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                slowestStart = Math.max(slowestStart, server.startMillis());
                verify(server.port(), writers);
                if (round < ROUNDS) {
                    load(server, writers, chance.between(LEAST_LIFE_MILLIS, MOST_LIFE_MILLIS));
                } else {
                    server.stop();
                }
            }
        }
        long commits = 0;
        for (Writer writer : writers) {
            commits += writer.acknowledged;
        }
        System.out.printf("%d kills, %d commits kept, slowest start %d ms%n", ROUNDS, commits, slowestStart);
        assertThat(commits).isPositive();
    }

    private static void load(ServerProcess server, List<Writer> writers, int lifeMillis) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Writer writer : writers) {
            threads.add(Thread.ofPlatform().start(() -> writer.run(server.port())));
        }
        Thread.sleep(lifeMillis);
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void verify(int port, List<Writer> writers) throws SQLException {
        try (Connection connection = DriverManager.getConnection(TestServer.url(port))) {
            for (Writer writer : writers) {
                long left = number(connection, "SELECT count(*) FROM crash_left WHERE writer = " + writer.id);
                long last =
                        number(connection, "SELECT coalesce(max(n), 0) FROM crash_left WHERE writer = " + writer.id);
                long right = number(connection, "SELECT count(*) FROM crash_right WHERE writer = " + writer.id);
                long lastRight =
                        number(connection, "SELECT coalesce(max(n), 0) FROM crash_right WHERE writer = " + writer.id);
                long counted = number(connection, "SELECT n FROM crash_count WHERE writer = " + writer.id);
                assertThat(last)
                        .as("writer %d: acknowledged %d", writer.id, writer.acknowledged)
                        .isBetween(writer.acknowledged, writer.attempted);
                assertThat(left).isEqualTo(last);
                assertThat(List.of(right, lastRight, counted)).containsOnly(left);
                writer.acknowledged = last;
                writer.attempted = last;
            }
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }
}
