/**
 * How replicas' messages look as frames of a {@link dev.boreal.contracts.door.PeerNetwork}.
 *
 * <p>Promises: what was encoded decodes to the same; a frame of another format is refused; several journals share one network.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: decides anything.
 *
 * <p>Invariants named by tests: every message comes back as it was; cut frames are refused.
 */
@NullMarked
package dev.boreal.journal.wire;

import org.jspecify.annotations.NullMarked;
