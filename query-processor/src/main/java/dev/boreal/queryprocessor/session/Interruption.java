package dev.boreal.queryprocessor.session;

import dev.boreal.clock.Clock;
import dev.boreal.clock.Timer;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Stops a session's running statement: by request or at its deadline, between two rows or where it waits. Only waits
 * that say so are interrupted, since an interrupt closes whatever file a thread is busy with. The session's thread calls
 * everything but {@link #request}, which any may.
 */
final class Interruption {
    private final Clock clock;
    private final Timer timer;
    private volatile boolean requested;
    private long deadline = Long.MAX_VALUE;
    private @Nullable Thread waiting;

    /** A wait that ends when its thread is interrupted. */
    interface Wait {
        void run() throws InterruptedException;
    }

    Interruption(Clock clock, Timer timer) {
        this.clock = clock;
        this.timer = timer;
    }

    /** Forgets requests: they were meant for what ran before. */
    void reset() {
        requested = false;
    }

    /** A statement begins that may run for so long; 0 for ever. */
    void limit(long timeoutMillis) {
        deadline = timeoutMillis == 0 ? Long.MAX_VALUE : clock.latest() + timeoutMillis * 1_000_000L;
    }

    void request() {
        requested = true;
        wake();
    }

    private synchronized void wake() {
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    boolean requested() {
        return requested;
    }

    private boolean late() {
        return deadline != Long.MAX_VALUE && clock.latest() > deadline;
    }

    /** @throws SqlException 57014 */
    void check() {
        if (requested) {
            throw new SqlException(SqlState.QUERY_CANCELED, "canceling statement due to user request");
        }
        if (late()) {
            throw new SqlException(SqlState.QUERY_CANCELED, "canceling statement due to statement timeout");
        }
    }

    /** Waits; false if it was stopped first. */
    boolean await(Wait wait) {
        Timer.Scheduled alarm =
                deadline == Long.MAX_VALUE ? null : timer.after(Math.max(0, deadline - clock.latest()), this::wake);
        synchronized (this) {
            waiting = Thread.currentThread();
        }
        try {
            if (!requested) {
                wait.run();
                return true;
            }
        } catch (InterruptedException e) {
            return false;
        } finally {
            synchronized (this) {
                waiting = null;
            }
            Thread.interrupted();
            if (alarm != null) {
                alarm.cancel();
            }
        }
        return false;
    }
}
