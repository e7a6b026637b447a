/**
 * What is durable, in which order: one journal on one disk behind the door
 * {@link dev.boreal.contracts.door.Journal}.
 *
 * <p>Promises: an acknowledged entry is found after any crash that leaves the disk whole; positions are dense, timestamps
 * rise, one epoch writes at a time.
 *
 * <p>Needs: a directory of its own on a file system whose sync is true.
 *
 * <p>Never: looks into a payload, acknowledges what is not synced, repeats a failed sync, or goes on past damage.
 *
 * <p>Invariants named by tests: the contract suite of the door; every acknowledged entry survives a crash at any
 * operation of the disk; a torn tail is cut and damage before it stops the journal.
 *
 * <p>Read in this order: {@code record} (the bytes), {@code order} (the rules), {@code disk} (the files), {@code service}
 * (the threads and the door).
 */
@NullMarked
package dev.boreal.journal;

import org.jspecify.annotations.NullMarked;
