/**
 * PostgreSQL's semantic analysis: names to objects, operators to functions, unknown literals and parameters to types.
 *
 * <p>Promises: what it accepts is typed throughout; what it refuses is refused with PostgreSQL's error text, SQLSTATE and
 * position.
 *
 * <p>Needs: a catalog snapshot, the search path, the rules of {@code function} and {@code type}.
 *
 * <p>Never: chooses among ways to evaluate.
 *
 * <p>Invariants named by tests: the errors of a real PostgreSQL for the same wrong statements.
 */
@NullMarked
package dev.boreal.queryprocessor.plan.bind;

import org.jspecify.annotations.NullMarked;
