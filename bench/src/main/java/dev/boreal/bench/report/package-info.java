/**
 * Measurements and how they are shown: table, Markdown, JSON.
 *
 * <p>Promises: repetitions are merged by their latencies, not by averages of percentiles.
 *
 * <p>Needs: nothing.
 *
 * <p>Never: measures.
 *
 * <p>Invariants named by tests: ratios are Boreal over PostgreSQL, and a failed cell shows no ratio.
 */
@NullMarked
package dev.boreal.bench.report;

import org.jspecify.annotations.NullMarked;
