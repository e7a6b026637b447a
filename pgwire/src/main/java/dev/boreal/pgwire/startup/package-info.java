/**
 * The first packets of a connection, before any has a type: what they ask for and with which options.
 *
 * <p>Promises: tells requests for encryption, for cancellation and for a session apart, negotiates the protocol's version
 * (3.0 and 3.2) and its options, and refuses the rest with PostgreSQL's wording.
 *
 * <p>Needs: whole packets, and the body reader of {@code message}.
 *
 * <p>Never: answers, authenticates, or opens anything.
 *
 * <p>Invariants named by tests: {@code StartupPacketTest} and the conversations under {@code startup}.
 */
@NullMarked
package dev.boreal.pgwire.startup;

import org.jspecify.annotations.NullMarked;
