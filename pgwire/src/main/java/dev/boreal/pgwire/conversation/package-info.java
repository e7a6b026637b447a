/**
 * What is answered to what, in which order: the state machine of a connection.
 *
 * <p>Promises: PostgreSQL's rules of the simple and the extended protocol, of skipping to Sync after an error, of
 * pipelines, of COPY and of authentication; every message gets its answer, or the session ends with a FATAL error.
 *
 * <p>Needs: the door {@code SqlService}, and a {@link dev.boreal.pgwire.conversation.Wire} that carries bytes.
 *
 * <p>Never: starts a thread, touches a socket, or waits where the caller said that it must not.
 *
 * <p>Invariants named by tests: the golden conversations under {@code src/test/resources/conversations},
 * {@code ResultWriterTest}, {@code HostileInputTest}.
 */
@NullMarked
package dev.boreal.pgwire.conversation;

import org.jspecify.annotations.NullMarked;
