/**
 * Sessions: statements in, results out; transactions begun, retried and ended; prepared statements, portals, cursors and
 * settings.
 *
 * <p>Promises: the door {@link dev.boreal.contracts.door.SqlSession}; a statement that would wait says so before it has
 * had any effect; a conflict names everything that is known of it.
 *
 * <p>Needs: the doors of storage and adjudicator, a clock, and the planner.
 *
 * <p>Never: knows bytes of the wire.
 *
 * <p>Invariants named by tests: a failed transaction answers 25P02 until it ends; a conflicting single statement is run
 * again and its client sees one answer.
 */
@NullMarked
package dev.boreal.queryprocessor.session;

import org.jspecify.annotations.NullMarked;
