/**
 * The threads and the door: the writer with its group commit, subscriptions with their credit, open and close.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.Journal} says; a heartbeat, when nothing is in flight, reaches the
 * subscribers on the calling thread without a system call.
 *
 * <p>Needs: a {@link dev.boreal.journal.disk.Disk}, one platform thread that writes, and virtual threads that read
 * history and prepare segments.
 *
 * <p>Never: calls a listener, a subscriber or the disk with a lock held; waits for a subscriber who is out of credit.
 *
 * <p>Invariants named by tests: acknowledged means found; each subscriber hears each entry once, in order, one call at a
 * time; watermarks rise and are never ahead of entries; a failed disk acknowledges nothing and still serves what is
 * durable.
 */
@NullMarked
package dev.boreal.journal.service;

import org.jspecify.annotations.NullMarked;
