/**
 * From relational algebra to operators: access paths, join order, join methods, layouts of rows.
 *
 * <p>Promises: the operators yield what the algebra says; planning a statement over one table takes microseconds.
 *
 * <p>Needs: bound trees; statistics where there are any.
 *
 * <p>Never: reports an error of the user's: the binder did.
 *
 * <p>Invariants named by tests: every access path gives the same rows as a full scan.
 */
@NullMarked
package dev.boreal.queryprocessor.plan.physical;

import org.jspecify.annotations.NullMarked;
