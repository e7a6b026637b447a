/**
 * What the crossbar delivers to storage.
 *
 * <p>Promises: batches come in the order (timestamp, journal).
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: reorders.
 *
 * <p>Invariants named by tests: none: plain records.
 */
@NullMarked
package dev.boreal.contracts.feed;

import org.jspecify.annotations.NullMarked;
