/**
 * The functions, operators, casts and aggregates of SQL, and PostgreSQL's rules for choosing among them.
 *
 * <p>Promises: a function is immutable and may be shared by all sessions.
 *
 * <p>Needs: an {@link dev.boreal.queryprocessor.function.EvaluationContext} for what depends on the session.
 *
 * <p>Never: reads storage.
 *
 * <p>Invariants named by tests: results are PostgreSQL's for the same arguments.
 */
@NullMarked
package dev.boreal.queryprocessor.function;

import org.jspecify.annotations.NullMarked;
