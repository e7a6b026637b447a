/**
 * PostgreSQL's own benchmark program: runs it and reads what it says.
 *
 * <p>Promises: a run ends within its time, and its failure is an outcome with pgbench's own words.
 *
 * <p>Needs: pgbench on the path or beside the PostgreSQL that was found.
 *
 * <p>Never: changes what pgbench does: its built-in scripts run unmodified.
 *
 * <p>Invariants named by tests: output and latency logs of PostgreSQL 15's pgbench are read whole.
 */
@NullMarked
package dev.boreal.bench.pgbench;

import org.jspecify.annotations.NullMarked;
