/**
 * What clients do, and the history of what they were told.
 *
 * <p>Promises: a workload's transactions tell by what they read who came before whom.
 *
 * <p>Needs: chance.
 *
 * <p>Never: knows how the cluster is built; writes in more than one shard in a transaction.
 *
 * <p>Invariants named by tests: sums, rings and lists are what the verifiers expect of them.
 */
@NullMarked
package dev.boreal.simulation.workload;

import org.jspecify.annotations.NullMarked;
