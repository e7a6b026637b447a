/**
 * Members under virtual time, from one seed: faults, workloads, verifiers and planted bugs.
 *
 * <p>Promises: the same seed gives the same run.
 *
 * <p>Needs: cores, which it drives as their package says.
 *
 * <p>Never: starts a thread, or looks at a clock.
 *
 * <p>Invariants named by tests: agreement, linearizable histories, sessions that do not end early, watches that see every final state.
 */
@NullMarked
package dev.boreal.controlplane.world;

import org.jspecify.annotations.NullMarked;
