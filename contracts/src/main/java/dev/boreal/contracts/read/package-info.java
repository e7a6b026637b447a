/**
 * Requests to storage and the batches that answer them.
 *
 * <p>Promises: a batch is filled by one thread and reused; rows come in key order or its reverse.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: waits: doors do.
 *
 * <p>Invariants named by tests: a batch gives back the rows that were added, in order.
 */
@NullMarked
package dev.boreal.contracts.read;

import org.jspecify.annotations.NullMarked;
