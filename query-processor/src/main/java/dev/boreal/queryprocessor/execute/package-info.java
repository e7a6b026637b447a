/**
 * Operators: the executable form of a plan.
 *
 * <p>Promises: an operator is immutable, may be cached and opened by many sessions at once; a cursor belongs to one.
 *
 * <p>Needs: the transaction, through {@link dev.boreal.queryprocessor.execute.Execution}.
 *
 * <p>Never: chooses among plans.
 *
 * <p>Invariants named by tests: each operator equals a naive model on random rows.
 */
@NullMarked
package dev.boreal.queryprocessor.execute;

import org.jspecify.annotations.NullMarked;
