package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Simple queries that differ in their literals alone share a plan, and nothing but speed shows it. */
class LiteralsTest {
    @TempDir
    static Path directory;

    private static TestServer server;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(directory);
        connection = DriverManager.getConnection(TestServer.url(server.port()) + "&preferQueryMode=simple");
        execute("CREATE TABLE item (id int PRIMARY KEY, name text, weight numeric(8,2), made date)");
        execute(
                "INSERT INTO item VALUES (1, 'one', 1.50, '2020-01-01'), (2, 'two', 2, '2020-01-02'), (3, NULL, 3, NULL)");
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
        }
        return rows;
    }

    private static ServerErrorMessage error(String sql) {
        PSQLException refused = catchThrowableOfType(PSQLException.class, () -> execute(sql));
        ServerErrorMessage message = refused.getServerErrorMessage();
        assertThat(message).isNotNull();
        return message;
    }

    @Test
    void answersEachLiteralByItself() throws SQLException {
        assertThat(query("SELECT name FROM item WHERE id = 1")).containsExactly("one");
        assertThat(query("SELECT name FROM item WHERE id = 2")).containsExactly("two");
        assertThat(query("SELECT name FROM item WHERE id = 3")).containsExactly("null");
        assertThat(query("SELECT name FROM item WHERE id = -3")).isEmpty();
        assertThat(query("SELECT id FROM item WHERE id IN (1, 3) ORDER BY 1")).containsExactly("1", "3");
        assertThat(query("SELECT id FROM item WHERE id IN (2, 3) ORDER BY 1")).containsExactly("2", "3");
        assertThat(query("SELECT id FROM item ORDER BY id LIMIT 1")).containsExactly("1");
        assertThat(query("SELECT id FROM item ORDER BY id LIMIT 2")).containsExactly("1", "2");
    }

    @Test
    void keepsTheTypeOfALiteral() throws SQLException {
        assertThat(query("SELECT id FROM item WHERE id < 2")).containsExactly("1");
        assertThat(query("SELECT id FROM item WHERE id < 3000000000 ORDER BY 1"))
                .containsExactly("1", "2", "3");
        assertThat(query("SELECT id FROM item WHERE id < 1.5")).containsExactly("1");
        assertThat(query("SELECT id FROM item WHERE made = '2020-01-02'")).containsExactly("2");
        assertThat(query("SELECT id FROM item WHERE weight = '1.5'")).containsExactly("1");
    }

    @Test
    void pointsAtALiteralThatIsNoValue() throws SQLException {
        assertThat(query("SELECT id FROM item WHERE id = '1'")).containsExactly("1");
        ServerErrorMessage refused = error("SELECT id FROM item WHERE id =   'noon'");
        assertThat(refused.getSQLState()).isEqualTo("22P02");
        assertThat(refused.getPosition()).isEqualTo(34);
    }

    @Test
    void pointsIntoTheTextThatWasSent() {
        ServerErrorMessage refused = error("SELECT id   FROM item WHERE name = 'x' AND nothing = 5");
        assertThat(refused.getSQLState()).isEqualTo("42703");
        assertThat(refused.getPosition()).isEqualTo(44);
    }

    @Test
    void refusesAParameterThatNobodyGave() {
        assertThat(error("SELECT id FROM item WHERE id = $1 AND name = 'x'").getSQLState())
                .isEqualTo("42P02");
    }

    @Test
    void plansAnewAfterADefinition() throws SQLException {
        execute("CREATE TABLE moved (id int PRIMARY KEY, place text)");
        execute("INSERT INTO moved VALUES (1, 'here')");
        assertThat(query("SELECT place FROM moved WHERE id = 1")).containsExactly("here");
        execute("BEGIN");
        execute("ALTER TABLE moved RENAME COLUMN place TO spot");
        assertThat(error("SELECT place FROM moved WHERE id = 2").getSQLState()).isEqualTo("42703");
        execute("ROLLBACK");
        assertThat(query("SELECT place FROM moved WHERE id = 1")).containsExactly("here");
        execute("DROP TABLE moved");
        assertThat(error("SELECT place FROM moved WHERE id = 1").getSQLState()).isEqualTo("42P01");
        execute("CREATE TABLE moved (id text PRIMARY KEY, place text)");
        execute("INSERT INTO moved VALUES ('1', 'there')");
        assertThat(query("SELECT place FROM moved WHERE id = '1'")).containsExactly("there");
        assertThat(error("SELECT place FROM moved WHERE id = 1").getSQLState()).isEqualTo("42883");
    }
}
