package dev.boreal.launcher.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Advisory locks as migration tools take them. */
@Timeout(60)
class AdvisoryLocksTest extends SessionTestCase {

    @Test
    void givesALockToOneSessionAtATime() throws Exception {
        try (Connection one = connect("one");
                Connection two = connect("two")) {
            assertThat(value(one, "SELECT pg_try_advisory_lock(7)")).isEqualTo("t");
            assertThat(value(one, "SELECT pg_try_advisory_lock(7)")).isEqualTo("t");
            assertThat(value(two, "SELECT pg_try_advisory_lock(7)")).isEqualTo("f");
            assertThat(value(two, "SELECT pg_try_advisory_lock(0, 7)")).isEqualTo("t");
            assertThat(rows(two, "SELECT objid, objsubid FROM pg_locks ORDER BY 2"))
                    .containsExactly("7|1", "7|2");
            assertThat(value(one, "SELECT pg_advisory_unlock(7)")).isEqualTo("t");
            assertThat(value(two, "SELECT pg_try_advisory_lock(7)")).isEqualTo("f");
            assertThat(value(one, "SELECT pg_advisory_unlock(7)")).isEqualTo("t");
            assertThat(value(two, "SELECT pg_try_advisory_lock(7)")).isEqualTo("t");
            assertThat(value(one, "SELECT pg_advisory_unlock(7)")).isEqualTo("f");
            run(two, "SELECT pg_advisory_unlock_all()");
            assertThat(rows(one, "SELECT * FROM pg_locks")).isEmpty();
        }
    }

    @Test
    void givesTheLocksOfASessionBackThatEnds() throws Exception {
        try (Connection waiting = connect("waiting")) {
            try (Connection holder = connect("holder")) {
                run(holder, "SELECT pg_advisory_lock(8)");
                run(waiting, "SET lock_timeout = '20ms'");
                assertThat(failure(waiting, "SELECT pg_advisory_lock(8)")).isEqualTo("55P03");
                run(waiting, "SET lock_timeout = 0");
            }
            run(waiting, "SELECT pg_advisory_lock(8)");
            assertThat(value(waiting, "SELECT pg_advisory_unlock(8)")).isEqualTo("t");
        }
    }

    @Test
    void keepsALockWhateverBecomesOfTheTransaction() throws Exception {
        try (Connection one = connect("one");
                Connection two = connect("two")) {
            run(one, "BEGIN", "SELECT pg_advisory_lock(9)", "ROLLBACK");
            assertThat(value(two, "SELECT pg_try_advisory_lock(9)")).isEqualTo("f");
        }
    }

    @Test
    void letsOneOfTwoConcurrentTransactionsCommitThatClaimTheSameLock() throws Exception {
        try (Connection one = connect("one");
                Connection two = connect("two")) {
            run(one, "CREATE TABLE migrated (id int PRIMARY KEY)", "BEGIN", "SELECT pg_advisory_xact_lock(10)");
            run(one, "INSERT INTO migrated VALUES (1)");
            run(two, "BEGIN", "SELECT pg_advisory_xact_lock(10)", "INSERT INTO migrated VALUES (2)", "COMMIT");
            assertThat(failure(one, "COMMIT")).isEqualTo("40001");
            assertThat(rows(one, "SELECT id FROM migrated")).containsExactly("2");
        }
    }
}
