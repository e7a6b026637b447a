/**
 * What must be true of every run: one named class per promise.
 *
 * <p>Promises: a good history passes; what is found is told with the transactions that show it.
 *
 * <p>Needs: the history as clients saw it, and what stands in the end.
 *
 * <p>Never: looks into a node.
 *
 * <p>Invariants named by tests: hand-made good and bad histories of every anomaly are told apart.
 */
@NullMarked
package dev.boreal.simulation.verify;

import org.jspecify.annotations.NullMarked;
