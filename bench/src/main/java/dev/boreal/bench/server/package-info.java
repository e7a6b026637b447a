/**
 * The servers under test: started here or already running.
 *
 * <p>Promises: servers started here keep their data in the run's own directory and end with the run.
 *
 * <p>Needs: PostgreSQL's programs, or Boreal's command.
 *
 * <p>Never: ends a process that it did not start.
 *
 * <p>Invariants named by tests: a workspace that closes leaves neither process nor file.
 */
@NullMarked
package dev.boreal.bench.server;

import org.jspecify.annotations.NullMarked;
