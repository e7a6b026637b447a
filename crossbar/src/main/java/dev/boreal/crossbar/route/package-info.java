/**
 * Cutting write sets by key range.
 *
 * <p>Promises: exactly the writes in the range remain, in their order; purges are clipped to it.
 *
 * <p>Needs: write sets as {@code contracts} lays them out.
 *
 * <p>Never: copies what it can show as a window.
 *
 * <p>Invariants named by tests: a cut equals a filter of the writes one by one.
 */
@NullMarked
package dev.boreal.crossbar.route;

import org.jspecify.annotations.NullMarked;
