/**
 * What is run on both servers.
 *
 * <p>Promises: a workload leaves the same tables behind on every server, so that the next finds the same state.
 *
 * <p>Needs: a server to connect to, and time.
 *
 * <p>Never: reports more than it measured: a run that failed has no throughput.
 *
 * <p>Invariants named by tests: the generated COPY data have the rows and bytes that are claimed.
 */
@NullMarked
package dev.boreal.bench.workload;

import org.jspecify.annotations.NullMarked;
