/**
 * From a statement's tree to an executable plan.
 *
 * <p>Promises: a plan is immutable, depends on the statement, the catalog snapshot and the planning context alone, and may be
 * shared by all sessions; errors have PostgreSQL's wording, SQLSTATE and position.
 *
 * <p>Needs: a catalog snapshot, types, functions; the operators of {@code execute}.
 *
 * <p>Never: reads storage, nor evaluates anything but immutable functions of constants.
 *
 * <p>Invariants named by tests: a plan gives the rows that a naive evaluation of the statement gives.
 */
@NullMarked
package dev.boreal.queryprocessor.plan;

import org.jspecify.annotations.NullMarked;
