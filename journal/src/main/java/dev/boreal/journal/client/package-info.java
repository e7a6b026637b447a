/**
 * A journal of several replicas as one journal, for those who live in other processes.
 *
 * <p>Promises: an append is answered once, and is written once however often it had to be sent; appends keep their order; a
 * subscription goes on at another replica where it broke off, or where one lags behind an end that is known.
 *
 * <p>Needs: a door to each replica, which answers what was under way with {@code Unavailable} and closes its streams when its
 * connection breaks.
 *
 * <p>Never: says that nothing was written when it cannot know.
 *
 * <p>Invariants named by tests: the contract of every journal, over the loss of leaders, followers and connections.
 */
@NullMarked
package dev.boreal.journal.client;

import org.jspecify.annotations.NullMarked;
