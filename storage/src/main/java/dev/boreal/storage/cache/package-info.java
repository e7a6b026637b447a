/**
 * Committed rows on the heap, in front of the disk.
 *
 * <p>Promises: a row found is the newest version at or below the snapshot asked for; bytes held stay within the bound.
 *
 * <p>Needs: to hear of every write after it can be read from the store and before the watermark passes it.
 *
 * <p>Never: answers that a key is absent: it may only have been evicted.
 *
 * <p>Invariants named by tests: never stale under concurrent apply, fill and eviction; the bound holds.
 */
@NullMarked
package dev.boreal.storage.cache;

import org.jspecify.annotations.NullMarked;
