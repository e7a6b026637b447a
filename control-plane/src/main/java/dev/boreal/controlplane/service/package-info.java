/**
 * The threads and the door: a member of the control plane, and the keeper of a session.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.ControlPlane} says; a call that gets no answer ends after a few seconds as
 * unavailable.
 *
 * <p>Needs: a {@link dev.boreal.contracts.door.PeerNetwork} and a directory per member; two platform threads, and a virtual one per watch.
 *
 * <p>Never: decides anything; calls a listener or the disk with a lock held; answers anybody after its disk failed.
 *
 * <p>Invariants named by tests: what was acknowledged is there after a restart of all members; a failed disk silences its member only.
 */
@NullMarked
package dev.boreal.controlplane.service;

import org.jspecify.annotations.NullMarked;
