package dev.boreal.pgwire.authentication;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import dev.boreal.contracts.sql.Credential;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server keeps to itself about SCRAM. Any thread may ask.
 *
 * @param nonces gives a fresh unpredictable nonce of printable ASCII without comma
 * @param disguise makes up the salts of users that do not exist; the same as long as the server lives
 */
public record ScramSecrets(Supplier<String> nonces, byte[] disguise) {
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int ITERATIONS = 4096;

    /** The exchange with one client. */
    public ScramExchange exchange(String user, @Nullable Credential credential) {
        if (credential instanceof Credential.ScramSha256 verifier) {
            return new ScramExchange(verifier, true, nonces.get());
        }
        return new ScramExchange(disguised(user), false, nonces.get());
    }

    private Credential.ScramSha256 disguised(String user) {
        byte[] salt =
                ScramFunctions.hmac(ScramMechanism.SCRAM_SHA_256, disguise, user.getBytes(StandardCharsets.UTF_8));
        return new Credential.ScramSha256(
                ITERATIONS, Arrays.copyOf(salt, SALT_BYTES), new byte[KEY_BYTES], new byte[KEY_BYTES]);
    }
}
