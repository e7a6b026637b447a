/**
 * Frames between the replicas of one room, over streams.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.PeerNetwork} says; one stream per pair of members, whoever opened it.
 *
 * <p>Needs: a function that tells where a member is, asked again before every attempt to connect.
 *
 * <p>Never: keeps frames for a member that cannot be reached; looks into a frame.
 *
 * <p>Invariants named by tests: frames arrive in order while a connection lives; two members that open at once end up with
 * one stream; a member that comes back is connected again.
 */
@NullMarked
package dev.boreal.transport.peer;

import org.jspecify.annotations.NullMarked;
