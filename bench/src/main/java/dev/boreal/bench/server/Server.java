package dev.boreal.bench.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** A server to measure, reached as user and database {@code postgres}. */
public record Server(String name, String host, int port) {

    public Connection connect(Map<String, String> properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", "postgres");
        all.setProperty("connectTimeout", "10");
        all.putAll(properties);
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", all);
    }

    public Connection connect() throws SQLException {
        return connect(Map.of());
    }

    /** Runs statements, each by itself. */
    void execute(String... statements) throws BenchmarkException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new BenchmarkException("cannot prepare " + name + " on port " + port + ": " + e.getMessage());
        }
    }

    /** Waits until the server answers a query. */
    void awaitAnswer(Process process, int seconds) throws BenchmarkException, InterruptedException {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (true) {
            try (Connection connection = connect();
                    var statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new BenchmarkException(name + " does not answer on port " + port + ": " + e.getMessage());
                }
                Thread.sleep(50);
            }
        }
    }
}
