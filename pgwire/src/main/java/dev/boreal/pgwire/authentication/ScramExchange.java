package dev.boreal.pgwire.authentication;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import dev.boreal.contracts.sql.Credential;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one SCRAM-SHA-256 exchange: {@link #first}, then {@link #last}. Channel binding is not offered,
 * so a client may say that it could ({@code y}) or cannot ({@code n}), never that it does ({@code p}). The user named
 * inside is ignored, as PostgreSQL does: the startup packet names it.
 */
public final class ScramExchange {
    public static final String MECHANISM = "SCRAM-SHA-256";

    private final Credential.ScramSha256 verifier;
    private final boolean mayPass;
    private final String serverNonce;

    private String header = "";
    private String clientFirstBare = "";
    private String serverFirst = "";
    private String nonce = "";

    /** @param mayPass false if the verifier is made up and no proof must fit */
    ScramExchange(Credential.ScramSha256 verifier, boolean mayPass, String serverNonce) {
        this.verifier = verifier;
        this.mayPass = mayPass;
        this.serverNonce = serverNonce;
    }

    /**
     * Takes client-first-message and gives server-first-message.
     *
     * @throws SqlException 08P01 if it is malformed
     */
    public String first(String message) {
        int bareFrom = endOfHeader(message);
        header = message.substring(0, bareFrom);
        clientFirstBare = message.substring(bareFrom);
        String[] attributes = clientFirstBare.split(",", -1);
        if (attributes[0].startsWith("m=")) {
            throw malformed("Client requires an unsupported SCRAM extension.");
        }
        if (attributes.length < 2 || !attributes[0].startsWith("n=") || !attributes[1].startsWith("r=")) {
            throw malformed("Expected a user name and a nonce.");
        }
        String clientNonce = attributes[1].substring(2);
        if (clientNonce.isEmpty() || !isPrintable(clientNonce)) {
            throw malformed("Non-printable characters in SCRAM nonce.");
        }
        nonce = clientNonce + serverNonce;
        serverFirst = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(verifier.salt()) + ",i="
                + verifier.iterations();
        return serverFirst;
    }

    /** The length of the GS2 header: flag, comma, optional authorization identity, comma. */
    private static int endOfHeader(String message) {
        char flag = message.isEmpty() ? '\0' : message.charAt(0);
        if (flag == 'p') {
            throw malformed("The client selected SCRAM-SHA-256 without channel binding, but the SCRAM message"
                    + " includes channel binding data.");
        }
        if (flag != 'n' && flag != 'y') {
            throw malformed("Unexpected channel-binding flag.");
        }
        if (message.startsWith("a=", 2)) {
            throw new SqlException(
                    SqlState.FEATURE_NOT_SUPPORTED, "client uses authorization identity, but it is not supported");
        }
        if (!message.startsWith(",,", 1)) {
            throw malformed("Comma expected.");
        }
        return 3;
    }

    /**
     * Takes client-final-message and gives server-final-message.
     *
     * @return null if the proof does not fit
     * @throws SqlException 08P01 if it is malformed
     */
    public @Nullable String last(String message) {
        int proofFrom = message.lastIndexOf(",p=");
        if (proofFrom < 0) {
            throw malformed("Expected a proof.");
        }
        String withoutProof = message.substring(0, proofFrom);
        String[] attributes = withoutProof.split(",", -1);
        String binding = "c=" + Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.US_ASCII));
        if (attributes.length < 2 || !attributes[0].equals(binding)) {
            throw malformed("Unexpected SCRAM channel-binding attribute in client-final-message.");
        }
        if (!attributes[1].equals("r=" + nonce)) {
            throw malformed("Nonce does not match.");
        }
        byte[] proof = proof(message.substring(proofFrom + 3));
        String signed = clientFirstBare + "," + serverFirst + "," + withoutProof;
        boolean fits =
                ScramFunctions.verifyClientProof(ScramMechanism.SCRAM_SHA_256, proof, verifier.storedKey(), signed);
        if (!fits || !mayPass) {
            return null;
        }
        byte[] signature = ScramFunctions.serverSignature(ScramMechanism.SCRAM_SHA_256, verifier.serverKey(), signed);
        return "v=" + Base64.getEncoder().encodeToString(signature);
    }

    private static byte[] proof(String text) {
        byte[] proof;
        try {
            proof = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed("Malformed proof in client-final-message.");
        }
        if (proof.length != 32) {
            throw malformed("Malformed proof in client-final-message.");
        }
        return proof;
    }

    private static boolean isPrintable(String nonce) {
        for (int i = 0; i < nonce.length(); i++) {
            if (nonce.charAt(i) < 0x21 || nonce.charAt(i) > 0x7E) {
                return false;
            }
        }
        return true;
    }

    private static SqlException malformed(String detail) {
        return new SqlException(SqlError.error(SqlState.PROTOCOL_VIOLATION, "malformed SCRAM message")
                .withDetail(detail));
    }
}
