package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.contracts.sql.Credential;
import dev.boreal.contracts.sql.SqlException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifiers of passwords for SCRAM-SHA-256 (RFC 5802, RFC 7677): what the catalog keeps instead of the password. */
public final class ScramVerifier {
    private static final int ITERATIONS = 4096;
    private static final Pattern VERIFIER =
            Pattern.compile("SCRAM-SHA-256\\$(\\d+):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

    private ScramVerifier() {}

    /** A password, or a verifier as {@link #print} gives it. */
    static Credential of(String password, byte[] salt) {
        Matcher verifier = VERIFIER.matcher(password);
        if (verifier.matches()) {
            Base64.Decoder decoder = Base64.getDecoder();
            return new Credential.ScramSha256(
                    Integer.parseInt(verifier.group(1)),
                    decoder.decode(verifier.group(2)),
                    decoder.decode(verifier.group(3)),
                    decoder.decode(verifier.group(4)));
        }
        if (password.length() == 35 && password.startsWith("md5")) {
            throw SqlException.notSupported("an MD5 password");
        }
        try {
            byte[] salted = saltedPassword(password, salt);
            byte[] clientKey = hmac(salted, "Client Key");
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            return new Credential.ScramSha256(ITERATIONS, salt, storedKey, hmac(salted, "Server Key"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK lacks SHA-256", missing);
        }
    }

    /** As PostgreSQL keeps it in pg_authid.rolpassword. */
    public static String print(Credential.ScramSha256 verifier) {
        Base64.Encoder encoder = Base64.getEncoder();
        return "SCRAM-SHA-256$" + verifier.iterations() + ":" + encoder.encodeToString(verifier.salt()) + "$"
                + encoder.encodeToString(verifier.storedKey()) + ":" + encoder.encodeToString(verifier.serverKey());
    }

    /** Hi() of RFC 5802, which is PBKDF2 with one block. */
    private static byte[] saltedPassword(String password, byte[] salt) throws GeneralSecurityException {
        String normalized = Normalizer.normalize(password, Normalizer.Form.NFKC);
        Mac mac = mac(normalized.getBytes(StandardCharsets.UTF_8));
        mac.update(salt);
        byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] result = block.clone();
        for (int i = 1; i < ITERATIONS; i++) {
            block = mac.doFinal(block);
            for (int j = 0; j < result.length; j++) {
                result[j] ^= block[j];
            }
        }
        return result;
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        return mac(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
        return mac;
    }
}
