/**
 * May it commit, and when.
 *
 * <p>Promises: of two transactions that conflict and overlap in time at most one commits; commit timestamps rise strictly and lie above the transaction's snapshot.
 *
 * <p>Needs: the current time, as an argument.
 *
 * <p>Never: blocks, starts a thread or reads a clock: {@code .service} does.
 *
 * <p>Invariants named by tests: decisions equal those of a naive history over random schedules; an adjudicator that forgets a write set, or that promises a watermark beyond an entry it has not appended, is caught.
 */
@NullMarked
package dev.boreal.adjudicator;

import org.jspecify.annotations.NullMarked;
