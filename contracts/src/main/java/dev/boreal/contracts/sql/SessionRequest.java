package dev.boreal.contracts.sql;

import java.util.Map;

/**
 * An authenticated client asks for a session.
 *
 * @param parameters every run-time parameter of the startup message but user, database and replication
 * @param clientAddress for people: {@code 127.0.0.1}
 * @param clientPort the client's port, -1 for none
 */
public record SessionRequest(
        String user, String database, Map<String, String> parameters, String clientAddress, int clientPort) {
    public SessionRequest {
        parameters = Map.copyOf(parameters);
    }
}
