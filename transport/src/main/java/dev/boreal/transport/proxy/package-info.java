/**
 * A bad network, on purpose: forwards TCP connections, late or not at all, each direction by itself.
 *
 * <p>Promises: bytes arrive in order and unchanged, or not; what was held by a cut arrives when it heals, as TCP would send it
 * again, unless an end gave up meanwhile.
 *
 * <p>Needs: loops; a place to listen and one to forward to.
 *
 * <p>Never: looks into the bytes; holds more than a few megabytes of a connection.
 *
 * <p>Invariants named by tests: a delay holds in its direction only; a cut lets nothing through until it heals; a broken
 * connection is seen by both ends.
 */
@NullMarked
package dev.boreal.transport.proxy;

import org.jspecify.annotations.NullMarked;
