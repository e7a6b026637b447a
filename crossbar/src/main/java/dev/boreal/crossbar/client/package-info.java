/**
 * A crossbar that does not go away: the door over several crossbars, continued at another one when one breaks.
 *
 * <p>Promises: a subscriber hears every transaction once, in order, and watermarks that never fall, through whatever
 * crossbars; only a transaction of several pieces that was cut by a break comes again from its first piece.
 *
 * <p>Needs: the doors of the crossbars, each with all journals under the same indexes, and a timer.
 *
 * <p>Never: has a thread, or keeps an entry.
 *
 * <p>Invariants named by tests: continues elsewhere from where it broke off; drops duplicates; a late word of a crossbar that was left is not heard.
 */
@NullMarked
package dev.boreal.crossbar.client;

import org.jspecify.annotations.NullMarked;
