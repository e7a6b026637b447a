package dev.boreal.pgwire.authentication;

/** What a client must do to be let in. */
public enum AuthenticationMethod {
    /** Nothing: it is who it says it is. For loopback addresses only. */
    TRUST,
    /** The same on any address: whoever can reach it may do everything. */
    TRUST_NETWORK,
    /** Prove that it knows the password, by SCRAM-SHA-256. */
    SCRAM_SHA_256
}
