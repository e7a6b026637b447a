package dev.boreal.pgwire.startup;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.pgwire.message.MessageBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a client asks for before anything else. */
public sealed interface StartupPacket {

    /** The greatest length of a packet without its own length field, as PostgreSQL has it. */
    int LONGEST = 10_000;

    /** May the rest be encrypted by TLS? */
    record TlsRequest() implements StartupPacket {}

    /** May the rest be encrypted by GSSAPI? */
    record GssRequest() implements StartupPacket {}

    /** Cancel what another session is running. */
    record CancelRequest(int processId, int secretKey) implements StartupPacket {}

    /**
     * Open a session.
     *
     * @param negotiation what the client must be told about the protocol, if anything
     * @param database the user's name if the client named none
     * @param parameters run-time parameters, those of {@code options} included
     */
    record SessionStart(Negotiation negotiation, String user, String database, Map<String, String> parameters)
            implements StartupPacket {
        public SessionStart {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * How the protocol that is spoken differs from the one that was asked for.
     *
     * @param version the newest version that both speak: major in the upper 16 bits, minor in the lower
     * @param unknownOptions protocol options that mean nothing here
     * @param needed whether the client must be told
     */
    record Negotiation(int version, List<String> unknownOptions, boolean needed) {
        public Negotiation {
            unknownOptions = List.copyOf(unknownOptions);
        }
    }

    /**
     * Reads a packet behind its length.
     *
     * @throws SqlException FATAL: 08P01 for a malformed packet, 0A000 for a version that is not spoken, 28000 without a
     *     user
     */
    static StartupPacket read(MessageBody body) {
        int code = body.readInt();
        return switch (code) {
            case ProtocolVersion.TLS_REQUEST -> new TlsRequest();
            case ProtocolVersion.GSS_REQUEST -> new GssRequest();
            case ProtocolVersion.CANCEL_REQUEST -> cancelRequest(body);
            default -> sessionStart(code, body);
        };
    }

    /** Keys are four bytes here, so one of another length fits no session. */
    private static CancelRequest cancelRequest(MessageBody body) {
        if (body.remaining() != 2 * Integer.BYTES) {
            return new CancelRequest(0, 0);
        }
        return new CancelRequest(body.readInt(), body.readInt());
    }

    private static SessionStart sessionStart(int version, MessageBody body) {
        ProtocolVersion.requireSpoken(version);
        Map<String, String> given = new LinkedHashMap<>();
        List<String> unknownOptions = new ArrayList<>();
        for (String name = readName(body); !name.isEmpty(); name = readName(body)) {
            String value = body.readText();
            if (name.startsWith("_pq_.")) {
                unknownOptions.add(name);
            } else {
                given.put(name, value);
            }
        }
        if (body.remaining() != 0) {
            throw invalidLayout();
        }
        int spoken = Math.min(version, ProtocolVersion.NEWEST);
        Negotiation negotiation =
                new Negotiation(spoken, unknownOptions, spoken != version || !unknownOptions.isEmpty());
        return sessionStart(negotiation, given);
    }

    private static String readName(MessageBody body) {
        if (body.remaining() == 0) {
            throw invalidLayout();
        }
        return body.readText();
    }

    private static SessionStart sessionStart(Negotiation negotiation, Map<String, String> given) {
        String user = given.remove("user");
        if (user == null || user.isEmpty()) {
            throw new SqlException(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    "no PostgreSQL user name specified in startup packet");
        }
        String database = given.remove("database");
        String replication = given.remove("replication");
        if (replication != null && !isFalse(replication)) {
            throw SqlException.notSupported("replication connection");
        }
        String options = given.remove("options");
        Map<String, String> parameters = new LinkedHashMap<>();
        if (options != null) {
            parameters.putAll(CommandLineOptions.parse(options));
        }
        parameters.putAll(given);
        return new SessionStart(
                negotiation, user, database == null || database.isEmpty() ? user : database, parameters);
    }

    private static boolean isFalse(String value) {
        return switch (value) {
            case "false", "off", "no", "0", "f", "n" -> true;
            default -> false;
        };
    }

    private static SqlException invalidLayout() {
        return new SqlException(
                SqlState.PROTOCOL_VIOLATION, "invalid startup packet layout: expected terminator as last byte");
    }
}
