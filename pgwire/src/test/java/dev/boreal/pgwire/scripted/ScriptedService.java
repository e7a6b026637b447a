package dev.boreal.pgwire.scripted;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import dev.boreal.contracts.door.SqlService;
import dev.boreal.contracts.door.SqlSession;
import dev.boreal.contracts.sql.Credential;
import dev.boreal.contracts.sql.SessionRequest;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Knows the users alice (password wonderland), carol (who has none) and any database but {@code missing}. */
public final class ScriptedService implements SqlService {
    private static final byte[] SALT = "sixteen bytes of".getBytes(StandardCharsets.US_ASCII);
    private static final int ITERATIONS = 4096;

    private final AtomicInteger lastProcessId = new AtomicInteger();
    private final AtomicInteger counted = new AtomicInteger();
    private final Map<Integer, ScriptedSession> sessions = new ConcurrentHashMap<>();
    private final Credential alice = verifier("wonderland");

    private static Credential verifier(String password) {
        byte[] salted = ScramFunctions.saltedPassword(
                ScramMechanism.SCRAM_SHA_256,
                StringPreparation.SASL_PREPARATION,
                password.toCharArray(),
                SALT,
                ITERATIONS);
        return new Credential.ScramSha256(
                ITERATIONS,
                SALT,
                ScramFunctions.storedKey(
                        ScramMechanism.SCRAM_SHA_256, ScramFunctions.clientKey(ScramMechanism.SCRAM_SHA_256, salted)),
                ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, salted));
    }

    @Override
    public @Nullable Credential credential(String user) {
        return switch (user) {
            case "alice" -> alice;
            case "carol" -> new Credential.None();
            default -> null;
        };
    }

    @Override
    public SqlSession open(SessionRequest request) {
        if (credential(request.user()) == null) {
            throw new SqlException(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "role \"" + request.user() + "\" does not exist");
        }
        if (request.database().equals("missing")) {
            throw new SqlException(
                    SqlState.INVALID_CATALOG_NAME, "database \"" + request.database() + "\" does not exist");
        }
        if (request.database().equals("broken")) {
            throw new IllegalStateException("broken on purpose");
        }
        int processId = lastProcessId.incrementAndGet();
        ScriptedSession session =
                new ScriptedSession(processId, 7000 + processId, request.parameters(), sessions::remove, counted);
        sessions.put(processId, session);
        return session;
    }

    @Override
    public void cancel(int processId, int secretKey) {
        ScriptedSession session = sessions.get(processId);
        if (session != null && session.secretKey() == secretKey) {
            session.interrupt();
        }
    }

    /** How many COUNT statements have run. */
    public int counted() {
        return counted.get();
    }

    /** How many sessions are open. */
    public int openSessions() {
        return sessions.size();
    }
}
