/**
 * Dates, times and intervals: arithmetic, fields, truncation, formatting.
 *
 * <p>Promises: bodies give PostgreSQL's results and errors for the same arguments.
 *
 * <p>Needs: the evaluation context for the time zone and the statement's moment.
 *
 * <p>Never: reads a clock of its own.
 *
 * <p>Invariants named by tests: every value of the golden table is what PostgreSQL answers.
 */
@NullMarked
package dev.boreal.queryprocessor.function.time;

import org.jspecify.annotations.NullMarked;
