/**
 * What watchers hear.
 *
 * <p>Promises: first everything there is, then the last state of every entry that changes, in the order decided.
 *
 * <p>Needs: changes in order.
 *
 * <p>Never: holds more than one change per key.
 *
 * <p>Invariants named by tests: whoever follows a watch ends with the entries there are.
 */
@NullMarked
package dev.boreal.controlplane.watch;

import org.jspecify.annotations.NullMarked;
