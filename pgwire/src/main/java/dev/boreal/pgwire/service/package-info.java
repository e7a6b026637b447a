/**
 * The server on the network: sockets, event loops, virtual threads, TLS.
 *
 * <p>Promises: a thread that serves many connections never waits; what may wait runs on a virtual thread of its own and
 * comes back; one thread at a time owns a connection's conversation; a slow client holds up itself alone.
 *
 * <p>Needs: a {@code SqlService}, a validated {@link dev.boreal.pgwire.service.PgWireConfiguration}.
 *
 * <p>Never: looks into a message.
 *
 * <p>Invariants named by tests: {@code PgWireServerTest}, {@code JdbcClientTest}, {@code HandOverTest},
 * {@code IdleConnectionsTest}, {@code HostileClientsTest}.
 */
@NullMarked
package dev.boreal.pgwire.service;

import org.jspecify.annotations.NullMarked;
