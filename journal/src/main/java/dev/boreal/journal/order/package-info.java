/**
 * The rules of the log as plain step functions: epochs and fencing, dense positions, rising timestamps, conditional
 * append, the watermark.
 *
 * <p>Promises: leader, follower and recovery walk the same path, {@link dev.boreal.journal.order.LogState#follow}; an
 * append that {@link dev.boreal.journal.order.JournalOrder} admits is one that it would accept.
 *
 * <p>Needs: nothing.
 *
 * <p>Never: knows a thread, a file, a clock or chance.
 *
 * <p>Invariants named by tests: a stale epoch and a timestamp that does not rise are refused; the watermark never passes
 * an entry that is not delivered.
 */
@NullMarked
package dev.boreal.journal.order;

import org.jspecify.annotations.NullMarked;
