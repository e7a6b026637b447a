package dev.boreal.queryprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Conflict;
import org.junit.jupiter.api.Test;

final class ConflictLogTest {
    private final ConflictLog log = new ConflictLog();

    private static ConflictReport report() {
        Conflict conflict =
                new Conflict(0, -1, AccessMode.WRITE, AccessMode.WRITE, 7, 8, "winner", "", 6, "adjudicator");
        SqlError error = SqlError.error(SqlState.SERIALIZATION_FAILURE, "conflict");
        return new ConflictReport(conflict, "public", "account", "account_pkey", "(id)=(1)", error);
    }

    private ConflictLog.Entry add(long number) {
        return log.add(report(), new ConflictLog.Loser(number, 1, "postgres", ""), number);
    }

    @Test
    void keepsTheNewestWhenFull() {
        for (int i = 0; i < ConflictLog.KEPT + 10; i++) {
            add(i);
        }
        assertThat(log.entries()).hasSize(ConflictLog.KEPT);
        assertThat(log.entries().getFirst().atMicros()).isEqualTo(10);
        assertThat(log.entries().getLast().atMicros()).isEqualTo(ConflictLog.KEPT + 9);
    }

    @Test
    void remembersThatTheServerRanItAgain() {
        ConflictLog.Entry first = add(1);
        add(2);
        first.retry();
        assertThat(log.entries()).extracting(ConflictLog.Entry::retried).containsExactly(true, false);
    }
}
