package dev.boreal.contracts.door;

import dev.boreal.contracts.sql.Credential;
import dev.boreal.contracts.sql.SessionRequest;
import org.jspecify.annotations.Nullable;

/** Where clients become sessions. Any thread may call; calls may block, so event loops hand them off. */
public interface SqlService {

    /** How the role proves who it is; null if there is no such role. */
    @Nullable Credential credential(String user);

    /**
     * Opens a session for an authenticated user.
     *
     * @throws dev.boreal.contracts.sql.SqlException FATAL: no such database (3D000), no such role (28000), a bad
     *     parameter (22023), too many sessions (53300), starting or stopping (57P03)
     */
    SqlSession open(SessionRequest request);

    /** Cancels what the session is running, if the secret fits; says nothing either way, as PostgreSQL does. */
    void cancel(int processId, int secretKey);
}
