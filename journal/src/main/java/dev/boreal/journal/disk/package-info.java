/**
 * The files: segments on a disk, what is found in them after a crash, and reading the log back.
 *
 * <p>Promises: records written and synced are found again in order; a torn tail is cut and reported, any other damage
 * stops the journal with the file, the byte and what to do.
 *
 * <p>Needs: a {@link dev.boreal.journal.disk.Disk}, the port to one directory; {@link dev.boreal.journal.disk.LocalDisk}
 * is the real one.
 *
 * <p>Never: syncs twice what failed to sync once, or changes a file before all of the log has been found sound.
 *
 * <p>Invariants named by tests: a cut or a flipped byte anywhere in the last write loses that write at most; one before
 * it is reported; a missing or foreign segment is reported; unsynced sectors may be lost in any combination.
 */
@NullMarked
package dev.boreal.journal.disk;

import org.jspecify.annotations.NullMarked;
