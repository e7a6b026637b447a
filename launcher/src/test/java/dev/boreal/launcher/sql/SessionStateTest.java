package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session remembers from one statement to the next: its transaction, savepoints, names, settings. */
class SessionStateTest extends SessionTestCase {
    private Connection session;

    @BeforeEach
    void open() throws SQLException {
        session = connect("state");
        run(session, "CREATE TABLE IF NOT EXISTS kept (id int PRIMARY KEY, v int)", "TRUNCATE kept");
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    // Transactions ----------------------------------------------------------------------------------------------

    @Test
    void refusesEverythingButTheEndAfterAFailure() throws SQLException {
        run(session, "BEGIN", "INSERT INTO kept VALUES (1, 1)");
        assertThat(failure(session, "SELECT 1 / 0")).isEqualTo("22012");
        assertThat(failure(session, "SELECT 1")).isEqualTo("25P02");
        assertThat(failure(session, "INSERT INTO kept VALUES (2, 2)")).isEqualTo("25P02");
        run(session, "COMMIT");
        assertThat(rows(session, "SELECT * FROM kept")).isEmpty();
    }

    @Test
    void warnsAboutBlocksThatAreOpenOrNot() throws SQLException {
        assertThat(warnings(session, "COMMIT")).containsExactly("25P01");
        assertThat(warnings(session, "ROLLBACK")).containsExactly("25P01");
        run(session, "BEGIN");
        assertThat(warnings(session, "BEGIN")).containsExactly("25001");
        run(session, "ROLLBACK");
        assertThat(warnings(session, "SET LOCAL work_mem = '1MB'")).containsExactly("25P01");
    }

    @Test
    void chainsABlockToTheLast() throws SQLException {
        run(session, "BEGIN ISOLATION LEVEL SERIALIZABLE", "INSERT INTO kept VALUES (1, 1)", "COMMIT AND CHAIN");
        run(session, "INSERT INTO kept VALUES (2, 2)", "ROLLBACK");
        assertThat(rows(session, "SELECT id FROM kept")).containsExactly("1");
    }

    @Test
    void goesBackToASavepointAndOn() throws SQLException {
        run(session, "BEGIN", "INSERT INTO kept VALUES (1, 1)", "SAVEPOINT a", "INSERT INTO kept VALUES (2, 2)");
        run(session, "SAVEPOINT b", "INSERT INTO kept VALUES (3, 3)");
        assertThat(failure(session, "INSERT INTO kept VALUES (1, 1)")).isEqualTo("23505");
        run(session, "ROLLBACK TO a", "INSERT INTO kept VALUES (4, 4)");
        assertThat(failure(session, "ROLLBACK TO b")).isEqualTo("3B001");
        run(session, "ROLLBACK TO a", "INSERT INTO kept VALUES (5, 5)", "RELEASE a", "COMMIT");
        assertThat(rows(session, "SELECT id FROM kept ORDER BY id")).containsExactly("1", "5");
        assertThat(failure(session, "SAVEPOINT a")).isEqualTo("25P01");
        assertThat(failure(session, "RELEASE a")).isEqualTo("25P01");
        assertThat(failure(session, "ROLLBACK TO a")).isEqualTo("25P01");
    }

    @Test
    void writesNothingInAReadOnlyTransaction() throws SQLException {
        run(session, "BEGIN READ ONLY");
        assertThat(failure(session, "INSERT INTO kept VALUES (1, 1)")).isEqualTo("25006");
        run(session, "ROLLBACK", "BEGIN READ ONLY");
        assertThat(failure(session, "CREATE TABLE other (id int)")).isEqualTo("25006");
        run(session, "ROLLBACK", "BEGIN", "SELECT 1", "SET TRANSACTION READ ONLY");
        assertThat(failure(session, "UPDATE kept SET v = 0")).isEqualTo("25006");
        run(session, "ROLLBACK", "SET default_transaction_read_only = on");
        assertThat(failure(session, "DELETE FROM kept")).isEqualTo("25006");
        run(session, "SET default_transaction_read_only = off", "DELETE FROM kept");
    }

    @Test
    void tellsTheLevelThatIsInForce() throws SQLException {
        run(session, "BEGIN ISOLATION LEVEL READ COMMITTED");
        assertThat(value(session, "SHOW transaction_isolation")).isEqualTo("repeatable read");
        assertThat(failure(session, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
                .isEqualTo("succeeded");
        run(session, "ROLLBACK", "BEGIN", "SELECT count(*) FROM kept");
        assertThat(failure(session, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
                .isEqualTo("25001");
        run(session, "ROLLBACK", "BEGIN ISOLATION LEVEL SERIALIZABLE");
        assertThat(value(session, "SHOW transaction_isolation")).isEqualTo("serializable");
        run(session, "COMMIT");
        assertThat(value(session, "SHOW transaction_isolation")).isEqualTo("repeatable read");
    }

    /** By whatever name it is called: one transaction has one level, and a query has begun when set_config runs. */
    @Test
    void changesNoLevelInMidTransaction() throws SQLException {
        for (String change : List.of(
                "SET transaction_isolation = 'serializable'",
                "SET LOCAL Transaction_Isolation TO serializable",
                "SELECT set_config('transaction_isolation', 'serializable', true)",
                "SELECT set_config('TRANSACTION_ISOLATION', 'serializable', false)")) {
            run(session, "BEGIN", "SELECT count(*) FROM kept");
            assertThat(failure(session, change)).as(change).isEqualTo("25001");
            run(session, "ROLLBACK");
        }
        assertThat(failure(session, "SELECT set_config('transaction_isolation', 'serializable', true)"))
                .isEqualTo("25001");
        run(session, "BEGIN ISOLATION LEVEL SERIALIZABLE", "SELECT count(*) FROM kept");
        assertThat(failure(session, "RESET transaction_isolation")).isEqualTo("25001");
        run(session, "ROLLBACK", "BEGIN READ ONLY", "SELECT count(*) FROM kept");
        assertThat(failure(session, "SELECT set_config('transaction_read_only', 'off', false)"))
                .isEqualTo("25001");
        run(session, "ROLLBACK");
    }

    @Test
    void takesALevelBeforeTheFirstQueryForThatTransactionOnly() throws SQLException {
        run(session, "BEGIN", "SET transaction_isolation = 'serializable'", "SELECT count(*) FROM kept");
        assertThat(value(session, "SELECT set_config('transaction_isolation', 'serializable', false)"))
                .isEqualTo("serializable");
        run(session, "COMMIT");
        assertThat(value(session, "SHOW transaction_isolation")).isEqualTo("repeatable read");
        run(session, "BEGIN", "SET transaction_read_only = on");
        assertThat(failure(session, "INSERT INTO kept VALUES (1, 1)")).isEqualTo("25006");
        run(session, "ROLLBACK", "INSERT INTO kept VALUES (1, 1)");
    }

    @Test
    void readsOneSnapshotWhateverLevelWasAskedFor() throws SQLException {
        run(session, "BEGIN ISOLATION LEVEL READ COMMITTED");
        assertThat(rows(session, "SELECT id FROM kept")).isEmpty();
        try (Connection other = connect("other")) {
            run(other, "INSERT INTO kept VALUES (1, 1)");
        }
        assertThat(rows(session, "SELECT id FROM kept")).isEmpty();
        run(session, "COMMIT");
        assertThat(rows(session, "SELECT id FROM kept")).containsExactly("1");
    }

    @Test
    void makesOneTransactionOfASimpleQueryString() throws SQLException {
        assertThat(failure(session, "INSERT INTO kept VALUES (1, 1); SELECT 1 / 0"))
                .isEqualTo("22012");
        assertThat(rows(session, "SELECT id FROM kept")).isEmpty();
    }

    /** Every increment is a single statement: whoever loses is run again by the server, and no client hears of it. */
    @Test
    void runsASingleStatementAgainThatConflicts() throws Exception {
        run(session, "INSERT INTO kept VALUES (1, 0)");
        Thread[] clients = new Thread[4];
        String[] failures = new String[clients.length];
        for (int i = 0; i < clients.length; i++) {
            int client = i;
            clients[i] = Thread.ofVirtual().start(() -> {
                try (Connection connection = connect("client")) {
                    for (int n = 0; n < 50; n++) {
                        run(connection, "UPDATE kept SET v = v + 1 WHERE id = 1");
                    }
                } catch (SQLException e) {
                    failures[client] = e.toString();
                }
            });
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(failures).containsOnlyNulls();
        assertThat(value(session, "SELECT v FROM kept")).isEqualTo("200");
    }

    // Names -----------------------------------------------------------------------------------------------------

    @Test
    void keepsPreparedStatementsUntilTheyAreDeallocated() throws SQLException {
        run(session, "PREPARE p AS SELECT $1::int + 1");
        assertThat(failure(session, "PREPARE p AS SELECT 1")).isEqualTo("42P05");
        assertThat(value(session, "EXECUTE p(41)")).isEqualTo("42");
        assertThat(rows(session, "SELECT name, parameter_types, from_sql FROM pg_prepared_statements"))
                .containsExactly("p|{integer}|t");
        assertThat(failure(session, "EXECUTE p(1, 2)")).isEqualTo("42601");
        run(session, "DEALLOCATE p");
        assertThat(failure(session, "EXECUTE p(1)")).isEqualTo("26000");
        assertThat(failure(session, "DEALLOCATE p")).isEqualTo("26000");
    }

    @Test
    void plansAPreparedStatementAgainAfterADefinitionChanged() throws SQLException {
        run(session, "INSERT INTO kept VALUES (1, 10)", "PREPARE q AS SELECT v FROM kept WHERE id = $1");
        assertThat(value(session, "EXECUTE q(1)")).isEqualTo("10");
        try (Connection other = connect("other")) {
            run(other, "CREATE INDEX kept_v ON kept (v)", "ALTER TABLE kept ADD COLUMN extra int DEFAULT 3");
        }
        assertThat(value(session, "EXECUTE q(1)")).isEqualTo("10");
        assertThat(rows(session, "SELECT * FROM kept")).containsExactly("1|10|3");
        run(session, "ALTER TABLE kept DROP COLUMN v");
        assertThat(failure(session, "EXECUTE q(1)")).isEqualTo("42703");
        run(session, "DROP TABLE kept");
        assertThat(failure(session, "EXECUTE q(1)")).isEqualTo("42P01");
    }

    @Test
    void scrollsACursorInsideItsTransactionOnly() throws SQLException {
        assertThat(failure(session, "DECLARE c CURSOR FOR SELECT 1")).isEqualTo("25P01");
        run(session, "BEGIN", "DECLARE c SCROLL CURSOR FOR SELECT generate_series(1, 5)");
        assertThat(rows(session, "FETCH 2 FROM c")).containsExactly("1", "2");
        assertThat(rows(session, "FETCH BACKWARD 1 FROM c")).containsExactly("1");
        assertThat(rows(session, "FETCH LAST FROM c")).containsExactly("5");
        assertThat(rows(session, "FETCH ABSOLUTE -2 FROM c")).containsExactly("4");
        assertThat(rows(session, "FETCH RELATIVE -1 FROM c")).containsExactly("3");
        assertThat(rows(session, "SELECT name, is_scrollable FROM pg_cursors")).containsExactly("c|t");
        run(session, "COMMIT");
        assertThat(failure(session, "FETCH c")).isEqualTo("34000");
        assertThat(failure(session, "CLOSE c")).isEqualTo("34000");
    }

    @Test
    void goesForwardOnlyWhereScrollingWasRuledOut() throws SQLException {
        run(session, "BEGIN", "DECLARE c NO SCROLL CURSOR FOR SELECT generate_series(1, 5)", "FETCH 2 FROM c");
        assertThat(failure(session, "FETCH BACKWARD 1 FROM c")).isEqualTo("55000");
        run(session, "ROLLBACK", "BEGIN", "DECLARE c CURSOR FOR SELECT 1");
        assertThat(failure(session, "DECLARE c CURSOR FOR SELECT 2")).isEqualTo("42P03");
        run(session, "ROLLBACK");
    }

    @Test
    void keepsACursorWithHoldBeyondItsTransaction() throws SQLException {
        run(session, "INSERT INTO kept SELECT g, g FROM generate_series(1, 5) g", "BEGIN");
        run(session, "DECLARE h CURSOR WITH HOLD FOR SELECT id FROM kept ORDER BY id", "FETCH 2 FROM h", "COMMIT");
        run(session, "DELETE FROM kept");
        assertThat(rows(session, "FETCH 2 FROM h")).containsExactly("3", "4");
        run(session, "BEGIN");
        assertThat(failure(session, "SELECT 1 / 0")).isEqualTo("22012");
        run(session, "ROLLBACK");
        assertThat(rows(session, "FETCH ALL FROM h")).containsExactly("5");
        run(session, "CLOSE h");
        assertThat(failure(session, "FETCH h")).isEqualTo("34000");
        run(session, "BEGIN", "DECLARE gone CURSOR WITH HOLD FOR SELECT 1", "ROLLBACK");
        assertThat(failure(session, "FETCH gone")).isEqualTo("34000");
    }

    // Settings --------------------------------------------------------------------------------------------------

    @Test
    void bindsSettingsToTheTransactionThatChangedThem() throws SQLException {
        run(session, "SET work_mem = '8MB'", "BEGIN", "SET LOCAL work_mem = '1MB'");
        assertThat(value(session, "SHOW work_mem")).isEqualTo("1MB");
        run(session, "COMMIT");
        assertThat(value(session, "SHOW work_mem")).isEqualTo("8MB");
        run(session, "BEGIN", "SET work_mem = '2MB'", "ROLLBACK");
        assertThat(value(session, "SELECT current_setting('work_mem')")).isEqualTo("8MB");
        run(session, "RESET work_mem");
        assertThat(rows(session, "SELECT setting, unit, source FROM pg_settings WHERE name = 'work_mem'"))
                .containsExactly("65536|kB|default");
    }

    @Test
    void answersWhatPostgresAnswersToBadSettings() throws SQLException {
        assertThat(failure(session, "SET no_such = 1")).isEqualTo("42704");
        assertThat(failure(session, "SHOW no_such")).isEqualTo("42704");
        assertThat(failure(session, "SET work_mem = 'much'")).isEqualTo("22023");
        assertThat(failure(session, "SET server_version = '9'")).isEqualTo("55P02");
        assertThat(failure(session, "SET ROLE nobody_at_all")).isEqualTo("22023");
        run(session, "SET standard_conforming_strings = on", "SET ROLE postgres", "RESET ROLE");
        assertThat(rows(session, "SHOW ALL")).hasSizeGreaterThan(80);
    }

    @Test
    void configuresByFunctionWhatSetWouldTake() throws SQLException {
        assertThat(failure(session, "SELECT set_config('role', 'nobody_at_all', false)"))
                .isEqualTo("22023");
        run(session, "SELECT set_config('seed', '0.25', false)");
        String first = value(session, "SELECT random()");
        run(session, "SET seed = 0.25");
        assertThat(value(session, "SELECT random()")).isEqualTo(first);
        run(session, "SELECT set_config('work_mem', '1MB', false)", "SELECT set_config('work_mem', NULL, false)");
        assertThat(value(session, "SHOW work_mem")).isEqualTo("64MB");
    }

    @Test
    void showsWhereASequenceStands() throws SQLException {
        run(session, "CREATE SEQUENCE steps START 10 INCREMENT 5");
        assertThat(value(session, "SELECT last_value, is_called FROM steps")).isEqualTo("10|f");
        assertThat(value(session, "SELECT last_value FROM pg_sequences WHERE sequencename = 'steps'"))
                .isEqualTo("null");
        run(session, "SELECT nextval('steps')", "SELECT nextval('steps')");
        assertThat(value(session, "SELECT last_value, is_called FROM steps")).isEqualTo("15|t");
        run(session, "SELECT setval('steps', 100, false)");
        assertThat(value(session, "SELECT last_value, log_cnt, is_called FROM steps"))
                .isEqualTo("100|0|f");
        assertThat(value(session, "SELECT nextval('steps')")).isEqualTo("100");
        assertThat(value(session, "SELECT last_value FROM pg_sequences WHERE sequencename = 'steps'"))
                .isEqualTo("100");
    }
}
