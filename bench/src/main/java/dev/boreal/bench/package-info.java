/**
 * How fast Boreal is, side by side with PostgreSQL: the commands behind {@code ./boreal bench}.
 *
 * <p>Promises: both servers run the same work on the same machine within the same minute; what is started is ended, and
 * temporary directories are removed, however the run ends.
 *
 * <p>Needs: an installed PostgreSQL for comparisons; pgbench for its scripts.
 *
 * <p>Never: reaches into a server; it speaks SQL over the wire as any client does.
 *
 * <p>Invariants named by tests: pgbench's output and latency logs are read whole; ratios are Boreal over PostgreSQL.
 */
@NullMarked
package dev.boreal.bench;

import org.jspecify.annotations.NullMarked;
