package dev.boreal.contracts.sql;

/** How a role proves who it is. */
public sealed interface Credential {

    /** No password is set, or the role may not log in: no password fits. */
    record None() implements Credential {}

    /** A SCRAM-SHA-256 verifier (RFC 5803), never the password. */
    record ScramSha256(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) implements Credential {}
}
