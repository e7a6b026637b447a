/**
 * What all replicas of the storage have, as far as they have told.
 *
 * <p>Promises: a journal is not trimmed behind what a known replica still needs, unless it has been away, or has stood still, for
 * longer than is waited for.
 *
 * <p>Needs: what the replicas tell of themselves, and the time, as arguments.
 *
 * <p>Never: forgets a replica silently: those that were given up are named.
 *
 * <p>Invariants named by tests: the lowest position rules; a replica that is away, stands still or never came holds it for
 * so long and no longer.
 */
@NullMarked
package dev.boreal.storage.replica;

import org.jspecify.annotations.NullMarked;
