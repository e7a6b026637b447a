/**
 * The door {@code Crossbar} over a list of journals: a feed, with a thread, for each subscriber.
 *
 * <p>Promises: a subscriber that blocks holds nobody up but itself; a watermark that a journal raises reaches an idle feed's subscriber on the raising thread.
 *
 * <p>Needs: the doors of the journals.
 *
 * <p>Never: buffers beyond its window: the journal keeps what a slow subscriber has not taken.
 *
 * <p>Invariants named by tests: a slow subscriber holds nobody up; chunks come before their commit and watermarks behind both; a corrupt payload closes the feed and says where.
 */
@NullMarked
package dev.boreal.crossbar.service;

import org.jspecify.annotations.NullMarked;
