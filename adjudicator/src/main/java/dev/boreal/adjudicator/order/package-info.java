/**
 * Which timestamp: of commits, of watermark promises, and how far ahead of the clock.
 *
 * <p>Promises: every timestamp issued lies above every earlier one and every promise.
 *
 * <p>Needs: the latest possible time and the lead, as arguments.
 *
 * <p>Never: promises a watermark at or above an entry that is still to be appended.
 *
 * <p>Invariants named by tests: timestamps rise whatever the clock does; the lead follows the journal's latency and stays under its cap.
 */
@NullMarked
package dev.boreal.adjudicator.order;

import org.jspecify.annotations.NullMarked;
