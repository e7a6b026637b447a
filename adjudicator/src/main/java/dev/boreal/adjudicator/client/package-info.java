/**
 * An adjudicator that does not go away: the door over several candidates, of which one leads.
 *
 * <p>Promises: each request is answered once; it takes effect once at most. Refusals that certainly wrote nothing are
 * tried again for a while, wherever the leader is then. What got no answer is asked for, and never sent again.
 *
 * <p>Needs: the doors of the candidates, and a timer.
 *
 * <p>Never: has a thread, or blocks but in {@code stage}.
 *
 * <p>Invariants named by tests: a lost answer becomes the truth or a refusal; what may have been written is not repeated; no request waits for ever.
 */
@NullMarked
package dev.boreal.adjudicator.client;

import org.jspecify.annotations.NullMarked;
