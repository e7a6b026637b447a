package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boreal.launcher.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A conflict reaches the client as 40001 and says who won, when, over which row. */
@EnabledIf("dev.boreal.launcher.TestServer#answers")
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
}
