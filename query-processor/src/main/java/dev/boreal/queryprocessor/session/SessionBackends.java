package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.function.Backends;
import java.util.Map;

/** The sessions of this query processor, by their process ids, as functions may act on them. */
final class SessionBackends implements Backends {
    private final Map<Integer, Session> sessions;

    SessionBackends(Map<Integer, Session> sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean cancel(int processId) {
        Session session = sessions.get(processId);
        if (session != null) {
            session.interrupt();
        }
        return session != null;
    }

    @Override
    public boolean terminate(int processId) {
        Session session = sessions.get(processId);
        if (session != null) {
            session.terminate(
                    SqlError.error(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command")
                            .withSeverity(SqlError.Severity.FATAL));
        }
        return session != null;
    }
}
