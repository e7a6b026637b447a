package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What clients of several statements rely on beyond the answers to single ones. */
class StatementsTest extends SessionTestCase {

    @Test
    void aLargeSortWithLittleMemoryGoesToDiskAndLeavesNothingThere() throws SQLException, IOException {
        try (Connection connection = connect("sorter")) {
            run(connection, "SET work_mem = '64kB'");
            String sorted = "SELECT (g * 7919) % 200000 AS x FROM generate_series(1, 200000) g ORDER BY x";
            assertThat(rows(connection, "EXPLAIN (ANALYZE, COSTS OFF) " + sorted))
                    .anyMatch(line -> line.matches("\\s*Sort Method: external merge  Disk: \\d+kB"));
            assertThat(value(
                            connection,
                            "SELECT count(*) || ' ' || min(x) || ' ' || max(x) || ' ' || count(*) FILTER (WHERE x < before)"
                                    + " FROM (SELECT x, lag(x) OVER () AS before FROM (" + sorted + ") s) t"))
                    .isEqualTo("200000 0 199999 0");
            run(connection, "SET work_mem = '64MB'");
            assertThat(rows(connection, "EXPLAIN (ANALYZE, COSTS OFF) " + sorted))
                    .anyMatch(line -> line.matches("\\s*Sort Method: quicksort  Memory: \\d+kB"));
        }
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".run"))).isEmpty();
        }
    }

    @Test
    void aCursorReadInPortionsSeesNothingOfWhatItsTransactionWritesMeanwhile() throws SQLException {
        try (Connection connection = connectExtended();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE portions (id int PRIMARY KEY, n int)");
            statement.execute("CREATE INDEX portions_n ON portions (n)");
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO portions SELECT g, g FROM generate_series(1, 5000) g");
            for (String query : List.of(
                    "SELECT id FROM portions ORDER BY id",
                    "SELECT id FROM portions WHERE n > 0 ORDER BY n LIMIT 5000")) {
                List<Integer> seen = new ArrayList<>();
                try (PreparedStatement reading = connection.prepareStatement(query);
                        PreparedStatement removing =
                                connection.prepareStatement("DELETE FROM portions WHERE id = ? OR id = ? + 1");
                        PreparedStatement adding = connection.prepareStatement("INSERT INTO portions VALUES (?, 1)")) {
                    reading.setFetchSize(50);
                    try (ResultSet rows = reading.executeQuery()) {
                        while (rows.next()) {
                            int id = rows.getInt(1);
                            seen.add(id);
                            if (id % 10 == 0) {
                                removing.setInt(1, id);
                                removing.setInt(2, id);
                                removing.executeUpdate();
                                adding.setInt(1, 10_000 + id);
                                adding.executeUpdate();
                            }
                        }
                    }
                }
                assertThat(seen).hasSize(5000).isSorted().doesNotHaveDuplicates();
                statement.execute("DELETE FROM portions");
                statement.execute("INSERT INTO portions SELECT g, g FROM generate_series(1, 5000) g");
            }
            connection.rollback();
        }
    }

    @Test
    void membersOfAnArrayParameterAreLookedUpByKey() throws SQLException {
        try (Connection connection = connectExtended();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE members (id bigint PRIMARY KEY, code text UNIQUE)");
            statement.execute("INSERT INTO members SELECT g, 'c' || g FROM generate_series(1, 100) g");
            assertThat(explained(statement, "id = ANY('{3,5}'::bigint[])")).contains("Primary Key Lookup on members");
            assertThat(explained(statement, "code = ANY('{c3,c5}')"))
                    .contains("Index Scan using members_code_key on members");
            try (PreparedStatement byId = connection.prepareStatement(
                    "SELECT string_agg(code, ',' ORDER BY id) FROM members WHERE id = ANY(?)")) {
                Array ids = connection.createArrayOf("int8", new Long[] {7L, 3L, 7L, null, 1000L});
                for (int i = 0; i < 7; i++) {
                    byId.setArray(1, ids);
                    try (ResultSet row = byId.executeQuery()) {
                        row.next();
                        assertThat(row.getString(1)).isEqualTo("c3,c7");
                    }
                }
            }
        }
    }

    private static String explained(Statement statement, String condition) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("EXPLAIN SELECT * FROM members WHERE " + condition)) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
