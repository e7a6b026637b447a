/**
 * SQL to rows: parses, resolves names, plans, executes, buffers writes, and asks once to commit.
 *
 * <p>Promises: PostgreSQL's answers under snapshot isolation; an error leaves nothing half applied.
 *
 * <p>Needs: the doors of storage and adjudicator, and a clock.
 *
 * <p>Never: writes to storage, reads the journal, or knows bytes of the wire.
 *
 * <p>Invariants named by tests: the same statements give the same rows, tags and SQLSTATEs as PostgreSQL.
 */
@NullMarked
package dev.boreal.queryprocessor;

import org.jspecify.annotations.NullMarked;
