package dev.boreal.queryprocessor.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.contracts.sql.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionTimeoutsTest {
    private static final long SECOND = 1_000_000_000L;

    private final Settings settings = new Settings();
    private final ManualTimer timer = new ManualTimer();
    private final List<SqlError> ends = new ArrayList<>();
    private final SessionTimeouts timeouts = new SessionTimeouts(settings, timer, ends::add);

    private List<String> states() {
        return ends.stream().map(SqlError::sqlState).toList();
    }

    @Test
    void setsNoAlarmByDefault() {
        timeouts.transactionBegan();
        timeouts.idle(true);
        timeouts.idle(false);
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void endsASessionThatIsIdleInATransaction() {
        settings.set("idle_in_transaction_session_timeout", "2s", false);
        timeouts.idle(true);
        timer.pass(SECOND);
        assertThat(ends).isEmpty();
        timer.pass(SECOND);
        assertThat(states()).containsExactly("25P03");
        assertThat(ends.getFirst().severity()).isEqualTo(SqlError.Severity.FATAL);
    }

    @Test
    void countsIdleTimeFromTheLastStatement() {
        settings.set("idle_in_transaction_session_timeout", "2s", false);
        timeouts.idle(true);
        timer.pass(SECOND);
        timeouts.busy();
        timer.pass(5 * SECOND);
        timeouts.idle(true);
        timer.pass(SECOND);
        assertThat(ends).isEmpty();
    }

    @Test
    void endsAnIdleSessionOutsideTransactionsOnly() {
        settings.set("idle_session_timeout", "1s", false);
        timeouts.idle(true);
        timer.pass(5 * SECOND);
        assertThat(ends).isEmpty();
        timeouts.idle(false);
        timer.pass(SECOND);
        assertThat(states()).containsExactly("57P05");
    }

    @Test
    void endsATransactionThatLastsTooLongEvenWhileBusy() {
        settings.set("transaction_timeout", "3s", false);
        timeouts.transactionBegan();
        timeouts.busy();
        timer.pass(3 * SECOND);
        assertThat(states()).containsExactly("25P04");
    }

    @Test
    void forgetsATransactionThatEnded() {
        settings.set("transaction_timeout", "3s", false);
        timeouts.transactionBegan();
        timeouts.transactionEnded();
        timer.pass(9 * SECOND);
        assertThat(ends).isEmpty();
        assertThat(timer.waiting()).isZero();
    }
}
