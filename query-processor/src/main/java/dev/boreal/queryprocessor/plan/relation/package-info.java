/**
 * Relational algebra and typed expressions: what the binder says and the physical planner reads.
 *
 * <p>Promises: trees are immutable; every column that flows through a tree is one {@link
 * dev.boreal.queryprocessor.plan.relation.Variable}, so that rewriting never renumbers anything.
 *
 * <p>Needs: types, functions and catalog objects that names were resolved to.
 *
 * <p>Never: holds a name that is still to be resolved.
 *
 * <p>Invariants named by tests: equal expressions are equal as values, wherever they were written.
 */
@NullMarked
package dev.boreal.queryprocessor.plan.relation;

import org.jspecify.annotations.NullMarked;
