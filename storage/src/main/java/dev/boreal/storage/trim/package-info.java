/**
 * What may be forgotten: finding and removing versions that no snapshot inside the retention can see.
 *
 * <p>Promises: the newest version at or below the horizon stays, unless it is a tombstone; what is removed leaves nothing older
 * behind that could come back.
 *
 * <p>Needs: counts of writes per key range, and an iterator.
 *
 * <p>Never: removes a version that a snapshot at or above the horizon sees.
 *
 * <p>Invariants named by tests: reads at and above the horizon are the same before and after a sweep; effort is bounded by writes.
 */
@NullMarked
package dev.boreal.storage.trim;

import org.jspecify.annotations.NullMarked;
