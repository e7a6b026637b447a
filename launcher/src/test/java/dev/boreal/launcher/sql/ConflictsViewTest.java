package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** boreal_conflicts tells afterwards who lost against whom, over which row. */
class ConflictsViewTest extends SessionTestCase {

    @Test
    void tellsTableKeyWinnerAndLoser() throws Exception {
        try (Connection winner = connect("the_winner");
                Connection loser = connect("the_loser")) {
            run(winner, "CREATE TABLE account (id int PRIMARY KEY, balance int)");
            run(winner, "INSERT INTO account VALUES (42, 100)");
            run(loser, "BEGIN", "UPDATE account SET balance = 0 WHERE id = 42");
            run(winner, "UPDATE account SET balance = 5 WHERE id = 42");
            assertThat(failure(loser, "COMMIT")).isEqualTo("40001");
            assertThat(rows(
                            winner,
                            "SELECT schema_name, table_name, constraint_name, key, winner_session, winner_access,"
                                    + " loser_session, loser_user, loser_access, retried,"
                                    + " loser_snapshot < winner_committed, winner_transaction <> loser_transaction,"
                                    + " conflict_time > now() - interval '1 hour'"
                                    + " FROM boreal_conflicts WHERE loser_session = 'the_loser'"))
                    .containsExactly("public|account|account_pkey|(id)=(42)|the_winner|WRITE|the_loser|postgres|WRITE|f"
                            + "|t|t|t");
        }
    }
}
