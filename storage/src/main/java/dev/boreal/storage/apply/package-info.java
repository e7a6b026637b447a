/**
 * From feed to store: entries become write batches that carry their own resume position.
 *
 * <p>Promises: a batch holds data and the positions that cover it, atomically; an entry delivered twice changes nothing.
 *
 * <p>Needs: entries in merged order and a sink that keeps the order of batches.
 *
 * <p>Never: skips an entry: what it cannot apply stops it.
 *
 * <p>Invariants named by tests: replay is idempotent; a piece of a transaction does not move the position; an entry at or below the watermark is
 * refused.
 */
@NullMarked
package dev.boreal.storage.apply;

import org.jspecify.annotations.NullMarked;
