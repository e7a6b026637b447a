package dev.boreal.pgwire.conversation;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlError.Severity;
import dev.boreal.contracts.sql.SqlState;

/** What clients are told when the server stops. */
public final class Shutdown {
    private Shutdown() {}

    public static SqlError terminated() {
        return SqlError.error(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command")
                .withSeverity(Severity.FATAL);
    }
}
