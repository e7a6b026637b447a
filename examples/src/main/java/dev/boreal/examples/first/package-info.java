/**
 * The first steps with a journal.
 *
 * <p>Promises: shows each operation once.
 *
 * <p>Needs: a journal.
 *
 * <p>Never: goes on when something is refused.
 *
 * <p>Invariants named by tests: what was appended comes back in order.
 */
@NullMarked
package dev.boreal.examples.first;

import org.jspecify.annotations.NullMarked;
