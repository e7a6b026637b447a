package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.boreal.launcher.TestServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients that people use, unmodified: JDBC, psql, pgbench. Those not installed are skipped. */
class ClientsTest {
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

    @Test
    void runsAJdbcProgram() throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE jdbc (id int PRIMARY KEY, name text NOT NULL, amount numeric(10,2))");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO jdbc VALUES (?, ?, ?)")) {
                for (int i = 0; i < 20; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "name " + i);
                    insert.setBigDecimal(3, new BigDecimal(i).movePointLeft(2));
                    assertThat(insert.executeUpdate()).isEqualTo(1);
                }
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT name, amount FROM jdbc WHERE id = ?")) {
                for (int i = 0; i < 20; i++) {
                    select.setInt(1, i);
                    try (ResultSet result = select.executeQuery()) {
                        assertThat(result.next()).isTrue();
                        assertThat(result.getString(1)).isEqualTo("name " + i);
                        assertThat(result.getBigDecimal(2)).isEqualByComparingTo(new BigDecimal(i).movePointLeft(2));
                        assertThat(result.next()).isFalse();
                    }
                }
            }
        }
    }

    @Test
    void runsRewrittenBatches() throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(TestServer.url(server.port()) + "&reWriteBatchedInserts=true");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE batched (id int PRIMARY KEY, v text)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO batched VALUES (?, ?)")) {
                for (int i = 0; i < 300; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "v" + i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            try (ResultSet result = statement.executeQuery("SELECT count(*), sum(id) FROM batched")) {
                result.next();
                assertThat(result.getInt(1)).isEqualTo(300);
                assertThat(result.getInt(2)).isEqualTo(300 * 299 / 2);
            }
        }
    }

    @Test
    void fetchesLargeResultsInPortions() throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(100);
            long sum = 0;
            try (ResultSet result = statement.executeQuery("SELECT g FROM generate_series(1, 5000) g")) {
                while (result.next()) {
                    sum += result.getLong(1);
                }
            }
            assertThat(sum).isEqualTo(5000L * 5001 / 2);
        }
    }

    @Test
    void describesTablesThroughDatabaseMetaData() throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE meta (id int, part int, name varchar(20) NOT NULL, PRIMARY KEY (id, part))");
            statement.execute("CREATE INDEX meta_name ON meta (name)");
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(column(meta.getTables(null, "public", "meta", null), "TABLE_TYPE"))
                    .containsExactly("TABLE");
            assertThat(column(meta.getColumns(null, "public", "meta", null), "COLUMN_NAME"))
                    .containsExactly("id", "part", "name");
            assertThat(column(meta.getColumns(null, "public", "meta", "name"), "COLUMN_SIZE"))
                    .containsExactly("20");
            assertThat(column(meta.getSchemas(), "TABLE_SCHEM")).contains("public", "pg_catalog");
            assertThat(column(meta.getTypeInfo(), "TYPE_NAME")).contains("int4", "text", "numeric");
        }
    }

    @Test
    void describesKeysThroughDatabaseMetaData() throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE keyed (id int, part int, name text, PRIMARY KEY (id, part))");
            statement.execute("CREATE INDEX keyed_name ON keyed (name)");
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(column(meta.getPrimaryKeys(null, "public", "keyed"), "COLUMN_NAME"))
                    .containsExactly("id", "part");
            assertThat(column(meta.getIndexInfo(null, "public", "keyed", false, true), "INDEX_NAME"))
                    .contains("keyed_name", "keyed_pkey");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\l",
                "\\dn",
                "\\d",
                "\\dt",
                "\\di",
                "\\dv",
                "\\ds",
                "\\d psql_t",
                "\\d+ psql_t",
                "\\du",
                "\\dp",
                "\\dT",
                "\\dx",
                "\\conninfo",
                "\\df"
            })
    void answersPsql(String command) throws Exception {
        assumeTrue(installed("psql"), "psql is not installed");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS psql_t (id int PRIMARY KEY, v text DEFAULT 'x')");
        }
        List<String> output = new ArrayList<>();
        int exit = run(
                output,
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                port(),
                "-U",
                "postgres",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                command);
        assertThat(output).noneMatch(line -> line.contains("ERROR"));
        assertThat(exit).as(output.toString()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void runsPgbench(String protocol) throws Exception {
        assumeTrue(installed("pgbench"), "pgbench is not installed");
        List<String> output = new ArrayList<>();
        String[] base = {"pgbench", "-h", "127.0.0.1", "-p", port(), "-U", "postgres"};
        assertThat(run(output, with(base, "-i", "-s", "1", "-q", "postgres")))
                .as(output.toString())
                .isZero();
        for (String script : new String[] {"select-only", "simple-update", "tpcb-like"}) {
            output.clear();
            int exit = run(
                    output,
                    with(
                            base,
                            "-n",
                            "-b",
                            script,
                            "-M",
                            protocol,
                            "-c",
                            "4",
                            "-t",
                            "25",
                            "--max-tries=100",
                            "postgres"));
            assertThat(exit).as(output.toString()).isZero();
            assertThat(output).anyMatch(line -> line.contains("processed: 100/100"));
        }
        try (Connection connection = server.connect()) {
            long accounts = number(connection, "SELECT sum(abalance) FROM pgbench_accounts");
            long history = number(connection, "SELECT sum(delta) FROM pgbench_history");
            assertThat(history).isEqualTo(accounts);
        }
    }

    private static String port() {
        return Integer.toString(server.port());
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static List<String> column(ResultSet result, String name) throws SQLException {
        List<String> values = new ArrayList<>();
        try (result) {
            while (result.next()) {
                values.add(result.getString(name));
            }
        }
        return values;
    }

    private static String[] with(String[] base, String... more) {
        String[] all = Arrays.copyOf(base, base.length + more.length);
        System.arraycopy(more, 0, all, base.length, more.length);
        return all;
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static int run(List<String> output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(output::add);
        return process.waitFor();
    }
}
