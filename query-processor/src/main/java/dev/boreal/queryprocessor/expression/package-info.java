/**
 * Compiled expressions: what a plan evaluates for each row.
 *
 * <p>Promises: a compiled expression is immutable and may be evaluated by many sessions at once.
 *
 * <p>Needs: an {@link dev.boreal.queryprocessor.execute.Execution} for parameters, outer rows and settings.
 *
 * <p>Never: resolves a name or a type: the planner did.
 *
 * <p>Invariants named by tests: NULL propagates as in PostgreSQL.
 */
@NullMarked
package dev.boreal.queryprocessor.expression;

import org.jspecify.annotations.NullMarked;
