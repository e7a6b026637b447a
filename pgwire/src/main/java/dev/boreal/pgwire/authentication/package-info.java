/**
 * How a client proves who it is.
 *
 * <p>Promises: the server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677); a user that does not exist gets the same
 * messages, at the same length and with a salt that stays the same, as one whose password is wrong.
 *
 * <p>Needs: the role's verifier, a nonce, and a secret that lives as long as the server.
 *
 * <p>Never: sees a password, draws chance by itself, or reads the network.
 *
 * <p>Invariants named by tests: {@code ScramExchangeTest}.
 */
@NullMarked
package dev.boreal.pgwire.authentication;

import org.jspecify.annotations.NullMarked;
