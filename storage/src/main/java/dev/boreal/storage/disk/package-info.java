/**
 * RocksDB: the only package that names it.
 *
 * <p>Promises: a batch is applied whole; what is flushed survives a crash together with the positions that cover it.
 *
 * <p>Needs: a directory that nobody else writes.
 *
 * <p>Never: uses a write-ahead log, or lets a native handle be touched after it was closed.
 *
 * <p>Invariants named by tests: a damaged, foreign or missing directory is refused with words that tell what to do.
 */
@NullMarked
package dev.boreal.storage.disk;

import org.jspecify.annotations.NullMarked;
