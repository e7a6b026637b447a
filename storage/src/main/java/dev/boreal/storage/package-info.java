/**
 * What was true at a time: the storage room, multi-version rows that follow the merged feed of all journals.
 *
 * <p>Promises: a read as of a timestamp sees every commit up to it and nothing above it, whatever is applied, trimmed,
 * flushed or evicted meanwhile; after a crash the room continues from the positions that reached the disk.
 *
 * <p>Needs: a directory of its own and a {@code Crossbar} that replays everything behind those positions.
 *
 * <p>Never: keeps a log of its own, syncs a file itself, skips an entry, or answers from before the snapshot asked for.
 *
 * <p>Invariants named by tests: reads agree with a naive model through trims, restarts and crashes; the configuration
 * is refused as a whole when one value makes no sense.
 */
@NullMarked
package dev.boreal.storage;

import org.jspecify.annotations.NullMarked;
