/**
 * A member's memory: the log of what it promised, accepted and learned.
 *
 * <p>Promises: what was synced is found again, in order; a torn tail is cut, any other damage stops the member with the file, the
 * byte and what to do.
 *
 * <p>Needs: a {@link dev.boreal.controlplane.disk.Disk}, the port to one directory;
 * {@link dev.boreal.controlplane.disk.LocalDisk} is the real one.
 *
 * <p>Never: goes on after a failed write or sync.
 *
 * <p>Invariants named by tests: a cut anywhere in what was not synced loses nothing that was; a flipped bit before the last sync is
 * reported; a checkpoint replaces the file wholly or not at all.
 */
@NullMarked
package dev.boreal.controlplane.disk;

import org.jspecify.annotations.NullMarked;
