/**
 * Aggregates.
 *
 * <p>Promises: bodies give PostgreSQL's results and errors for the same arguments.
 *
 * <p>Needs: the evaluation context for what depends on the session.
 *
 * <p>Never: keeps state between calls, but for compiled patterns that a call site used last.
 *
 * <p>Invariants named by tests: every value of the golden table is what PostgreSQL answers.
 */
@NullMarked
package dev.boreal.queryprocessor.function.aggregate;

import org.jspecify.annotations.NullMarked;
