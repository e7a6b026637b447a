/**
 * Reads as of a timestamp over an ordered run of versions: gets, and scans in both directions.
 *
 * <p>Promises: of each key the newest version at or below the snapshot is seen, and none if that is a tombstone; nothing is
 * allocated per row.
 *
 * <p>Needs: a {@link dev.boreal.storage.read.VersionIterator} over a fixed view of the versions.
 *
 * <p>Never: waits, locks, or touches RocksDB by name.
 *
 * <p>Invariants named by tests: gets and scans agree with a naive model, forwards and backwards, at every snapshot.
 */
@NullMarked
package dev.boreal.storage.read;

import org.jspecify.annotations.NullMarked;
