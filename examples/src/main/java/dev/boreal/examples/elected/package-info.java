/**
 * A state machine with an elected leader, after MemoryDB (SIGMOD 2024, section 4): a replicated map.
 *
 * <p>Promises: a change that was acknowledged is in every later state of every member; at most one member at a time answers
 * reads, and it has applied every change that was acknowledged.
 *
 * <p>Needs: a journal, and a clock whose error is bounded.
 *
 * <p>Never: takes a clock's word for who may write; the journal decides that.
 *
 * <p>Invariants named by tests: one leads; another one takes over, with everything that was acknowledged; who was left
 * behind answers nothing; a change on a condition is made once.
 */
@NullMarked
package dev.boreal.examples.elected;

import org.jspecify.annotations.NullMarked;
