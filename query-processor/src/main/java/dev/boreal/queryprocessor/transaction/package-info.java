/**
 * One transaction: its snapshot, its buffered writes, its savepoints, its accesses, its commit.
 *
 * <p>Promises: reads see the snapshot overlaid by the transaction's own writes, or by those up to the moment at which a
 * statement or a cursor began; nothing leaves before COMMIT.
 *
 * <p>Needs: the doors of storage and adjudicator.
 *
 * <p>Never: knows SQL types.
 *
 * <p>Invariants named by tests: the overlay equals a sorted-map model; a rolled back savepoint leaves no trace; a
 * view reads what was there when it was opened.
 */
@NullMarked
package dev.boreal.queryprocessor.transaction;

import org.jspecify.annotations.NullMarked;
