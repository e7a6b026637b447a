package dev.boreal.queryprocessor.session;

import dev.boreal.clock.Timer;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlState;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session that is idle, idle in a transaction, or in a transaction, for longer than its settings say. The
 * session's thread calls; alarms go off on the timer's.
 */
final class SessionTimeouts {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Settings settings;
    private final Timer timer;
    private final Consumer<SqlError> terminate;
    private long generation = -1;
    private long statementMillis;
    private long idleMillis;
    private long idleInTransactionMillis;
    private long transactionMillis;
    private volatile boolean idle;
    private Timer.@Nullable Scheduled idleAlarm;
    private Timer.@Nullable Scheduled transactionAlarm;

    /** @param terminate ends the session; any thread */
    SessionTimeouts(Settings settings, Timer timer, Consumer<SqlError> terminate) {
        this.settings = settings;
        this.timer = timer;
        this.terminate = terminate;
    }

    private void refresh() {
        if (generation != settings.generation()) {
            generation = settings.generation();
            statementMillis = settings.number("statement_timeout");
            idleMillis = settings.number("idle_session_timeout");
            idleInTransactionMillis = settings.number("idle_in_transaction_session_timeout");
            transactionMillis = settings.number("transaction_timeout");
        }
    }

    long statementMillis() {
        refresh();
        return statementMillis;
    }

    /** The client has something to do. */
    void busy() {
        idle = false;
        if (idleAlarm != null) {
            idleAlarm.cancel();
            idleAlarm = null;
        }
    }

    /** The client is waited for. */
    void idle(boolean inTransaction) {
        refresh();
        long millis = inTransaction ? idleInTransactionMillis : idleMillis;
        if (millis > 0) {
            busy();
            idle = true;
            idleAlarm = timer.after(
                    millis * NANOS_PER_MILLI,
                    inTransaction
                            ? () -> endIdle(
                                    SqlState.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
                                    "terminating connection due to idle-in-transaction timeout")
                            : () -> endIdle(
                                    SqlState.IDLE_SESSION_TIMEOUT,
                                    "terminating connection due to idle-session timeout"));
        }
    }

    void transactionBegan() {
        refresh();
        if (transactionMillis > 0 && transactionAlarm == null) {
            transactionAlarm = timer.after(
                    transactionMillis * NANOS_PER_MILLI,
                    () -> end(SqlState.TRANSACTION_TIMEOUT, "terminating connection due to transaction timeout"));
        }
    }

    void transactionEnded() {
        if (transactionAlarm != null) {
            transactionAlarm.cancel();
            transactionAlarm = null;
        }
    }

    void close() {
        busy();
        transactionEnded();
    }

    private void endIdle(String sqlState, String message) {
        if (idle) {
            end(sqlState, message);
        }
    }

    private void end(String sqlState, String message) {
        terminate.accept(SqlError.error(sqlState, message).withSeverity(SqlError.Severity.FATAL));
    }
}
