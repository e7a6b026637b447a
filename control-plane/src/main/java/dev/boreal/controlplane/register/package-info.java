/**
 * The register: entries with versions, sessions with leases, and what each command came to.
 *
 * <p>Promises: the same decrees in the same order make the same state, results and changes on every member; a version is the
 * number of the decree that wrote it; a command that is decided twice is done once.
 *
 * <p>Needs: decrees in order.
 *
 * <p>Never: looks at a clock; whether a session has been silent for too long is for the leader to say, by a decree.
 *
 * <p>Invariants named by tests: a state encoded and decoded goes on like the one it came from; entries bound to a session vanish with it.
 */
@NullMarked
package dev.boreal.controlplane.register;

import org.jspecify.annotations.NullMarked;
