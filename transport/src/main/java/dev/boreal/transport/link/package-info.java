/**
 * A stream of batches between two processes: opening and handshake, sending whatever waits, signs of life, giving up and
 * connecting again.
 *
 * <p>Promises: messages of one stream arrive in order and whole; each end's handler is called on one thread, one call at a
 * time; when a stream breaks its handler hears it once, with a reason for people.
 *
 * <p>Needs: an event loop per stream; gRPC beneath, of which nothing shows above.
 *
 * <p>Never: keeps a message that could not be sent; hands a message to a handler before the handshake.
 *
 * <p>Invariants named by tests: wrong version, cluster, addressee or instance is refused in words; malformed bytes end the
 * stream with a reason; silence ends it too; pauses between attempts grow and are forgotten once a stream stands.
 */
@NullMarked
package dev.boreal.transport.link;

import org.jspecify.annotations.NullMarked;
