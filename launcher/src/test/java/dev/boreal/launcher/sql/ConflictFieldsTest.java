package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.launcher.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A conflict reaches the client as 40001 and says who won, when, over which row. */
class ConflictFieldsTest {
    @TempDir
    Path directory;

    @Test
    void namesTableKeyWinnerAndBothTimes() throws Exception {
        try (TestServer server = new TestServer(directory);
                Connection winner =
                        DriverManager.getConnection(TestServer.url(server.port()) + "&ApplicationName=the_winner");
                Connection loser = server.connect();
                Statement winning = winner.createStatement();
                Statement losing = loser.createStatement()) {
            winning.execute("CREATE TABLE account (id int PRIMARY KEY, balance int)");
            winning.execute("INSERT INTO account VALUES (42, 100)");
            loser.setAutoCommit(false);
            losing.executeUpdate("UPDATE account SET balance = balance - 10 WHERE id = 42");
            winning.executeUpdate("UPDATE account SET balance = balance + 5 WHERE id = 42");
            PSQLException refusal = catchThrowableOfType(PSQLException.class, loser::commit);
            assertThat(refusal.getSQLState()).isEqualTo("40001");
            ServerErrorMessage message = refusal.getServerErrorMessage();
            assertThat(message.getMessage()).isEqualTo("could not serialize access due to concurrent update");
            assertThat(message.getDetail())
                    .contains("account")
                    .contains("42")
                    .contains("the_winner")
                    .containsPattern("committed at \\d{4}-\\d\\d-\\d\\dT")
                    .containsPattern("snapshot of \\d{4}-\\d\\d-\\d\\dT");
            assertThat(message.getHint()).contains("retried");
            assertThat(message.getSchema()).isEqualTo("public");
            assertThat(message.getTable()).isEqualTo("account");
            assertThat(message.getConstraint()).isEqualTo("account_pkey");
            loser.rollback();
            assertThat(losing.executeUpdate("UPDATE account SET balance = balance - 10 WHERE id = 42"))
                    .isEqualTo(1);
            loser.commit();
        }
    }

    /** What the loser's transaction hears at COMMIT, when the winner has run a statement in between. */
    private static ServerErrorMessage refusal(TestServer server, String losing, String winning) throws Exception {
        try (Connection winner =
                        DriverManager.getConnection(TestServer.url(server.port()) + "&ApplicationName=the_winner");
                Connection loser = server.connect();
                Statement winnerStatement = winner.createStatement();
                Statement loserStatement = loser.createStatement()) {
            loser.setAutoCommit(false);
            loserStatement.execute(losing);
            winnerStatement.execute(winning);
            PSQLException refusal = catchThrowableOfType(PSQLException.class, loser::commit);
            if (refusal == null) {
                throw new AssertionError(losing + " was committed after " + winning);
            }
            assertThat(refusal.getSQLState()).isEqualTo("40001");
            ServerErrorMessage message = refusal.getServerErrorMessage();
            assertThat(message.getDetail())
                    .contains("the_winner")
                    .contains("committed at")
                    .contains("snapshot of");
            assertThat(message.getHint()).contains("retried");
            return message;
        }
    }

    @Test
    void saysTheSameWhereverAConflictIsMet() throws Exception {
        try (TestServer server = new TestServer(directory);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parent (id int PRIMARY KEY, code text UNIQUE)");
            statement.execute("CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent)");
            statement.execute("INSERT INTO parent VALUES (1, 'one'), (2, 'two'), (3, 'three')");

            ServerErrorMessage unique =
                    refusal(server, "INSERT INTO parent VALUES (10, 'same')", "INSERT INTO parent VALUES (11, 'same')");
            assertThat(unique.getTable()).isEqualTo("parent");
            assertThat(unique.getConstraint()).isEqualTo("parent_code_key");
            assertThat(unique.getDetail()).contains("same");

            ServerErrorMessage foreignKey =
                    refusal(server, "INSERT INTO child VALUES (1, 2)", "DELETE FROM parent WHERE id = 2");
            assertThat(foreignKey.getTable()).isEqualTo("parent");
            assertThat(foreignKey.getDetail()).contains("2");

            ServerErrorMessage locked = refusal(
                    server,
                    "SELECT * FROM parent WHERE id = 3 FOR UPDATE",
                    "UPDATE parent SET code = 'drei' WHERE id = 3");
            assertThat(locked.getTable()).isEqualTo("parent");

            assertThat(refusal(server, "INSERT INTO child VALUES (5, 1)", "ALTER TABLE child ADD COLUMN note text")
                            .getTable())
                    .isEqualTo("child");
            assertThat(refusal(server, "ALTER TABLE child ADD COLUMN other text", "INSERT INTO child VALUES (6, 1)")
                            .getTable())
                    .isEqualTo("child");
            assertThat(refusal(server, "INSERT INTO child VALUES (7, 1)", "TRUNCATE child")
                            .getTable())
                    .isEqualTo("child");
        }
    }

    @Test
    void aCopyIsToldWhatItLostAgainst() throws Exception {
        try (TestServer server = new TestServer(directory);
                Connection winner =
                        DriverManager.getConnection(TestServer.url(server.port()) + "&ApplicationName=the_winner");
                Connection loser = server.connect();
                Statement winning = winner.createStatement()) {
            winning.execute("CREATE TABLE copied (id int PRIMARY KEY)");
            CopyIn copy = loser.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY copied FROM STDIN");
            byte[] line = "7\n".getBytes(StandardCharsets.US_ASCII);
            copy.writeToCopy(line, 0, line.length);
            copy.flushCopy();
            // The copy's snapshot is taken when it begins; by then the server has answered.
            winning.execute("INSERT INTO copied VALUES (7)");
            PSQLException refusal = catchThrowableOfType(PSQLException.class, copy::endCopy);
            // Its data are consumed: the server cannot run it again to find the row that is there now.
            assertThat(refusal.getSQLState()).isEqualTo("40001");
            assertThat(refusal.getServerErrorMessage().getTable()).isEqualTo("copied");
            assertThat(refusal.getServerErrorMessage().getDetail()).contains("7");
            assertThat(refusal.getServerErrorMessage().getHint()).isNotBlank();
            refusal = catchThrowableOfType(PSQLException.class, () -> copyOf(loser, "7\n"));
            assertThat(refusal.getSQLState()).isEqualTo("23505");
        }
    }

    @Test
    void aCopyInABlockConflictsAtCommitAndSeesWhatWasThereBefore() throws Exception {
        try (TestServer server = new TestServer(directory);
                Connection winner = server.connect();
                Connection loser = server.connect();
                Statement winning = winner.createStatement()) {
            winning.execute("CREATE TABLE copied (id int PRIMARY KEY)");
            loser.setAutoCommit(false);
            copyOf(loser, "1\n7\n");
            winning.execute("INSERT INTO copied VALUES (7), (8)");
            // Nothing that was committed after the block began is there for it.
            copyOf(loser, "8\n");
            PSQLException refusal = catchThrowableOfType(PSQLException.class, loser::commit);
            assertThat(refusal.getSQLState()).isEqualTo("40001");
            assertThat(refusal.getServerErrorMessage().getTable()).isEqualTo("copied");
            assertThat(refusal.getServerErrorMessage().getHint()).isNotBlank();
            refusal = catchThrowableOfType(PSQLException.class, () -> copyOf(loser, "2\n7\n"));
            assertThat(refusal.getSQLState()).isEqualTo("23505");
            assertThat(refusal.getServerErrorMessage().getConstraint()).isEqualTo("copied_pkey");
            loser.rollback();
            try (ResultSet ids = winning.executeQuery("SELECT string_agg(id::text, ',' ORDER BY id) FROM copied")) {
                ids.next();
                assertThat(ids.getString(1)).isEqualTo("7,8");
            }
        }
    }

    private static void copyOf(Connection connection, String lines) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY copied FROM STDIN");
        byte[] bytes = lines.getBytes(StandardCharsets.US_ASCII);
        copy.writeToCopy(bytes, 0, bytes.length);
        copy.endCopy();
    }
}
