package dev.boreal.queryprocessor.session;

/**
 * What a session is doing, for pg_stat_activity. Its own thread writes, any other reads. Times are microseconds since 2000-01-01 UTC, 0 for none.
 */
final class SessionActivity {
    /** Outside a transaction, in one, in a failed one; and running a statement. */
    enum State {
        IDLE("idle"),
        IN_TRANSACTION("idle in transaction"),
        FAILED("idle in transaction (aborted)"),
        ACTIVE("active");

        private final String text;

        State(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private volatile String query = "";
    private volatile State state = State.IDLE;
    private volatile long queryStart;
    private volatile long transactionStart;
    private volatile long stateChange;

    void runs(String text, long now) {
        query = text;
        queryStart = now;
        change(State.ACTIVE, now);
    }

    void rests(State newState, long now) {
        change(newState, now);
    }

    private void change(State newState, long now) {
        if (state != newState) {
            stateChange = now;
            state = newState;
        }
    }

    void transaction(long start) {
        transactionStart = start;
    }

    String query() {
        return query;
    }

    State state() {
        return state;
    }

    long queryStart() {
        return queryStart;
    }

    long transactionStart() {
        return transactionStart;
    }

    long stateChange() {
        return stateChange;
    }
}
