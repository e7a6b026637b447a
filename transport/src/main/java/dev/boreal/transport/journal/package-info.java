/**
 * Both ends of a journal's door.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.Journal} says of one replica. An append under way when the stream breaks is
 * refused as {@code Unavailable} that may be durable; subscriptions are closed; the writer is asked for advances on the
 * stream on which it opened its epoch or resumed it.
 *
 * <p>Needs: a stream, and at the other end a journal of this process.
 *
 * <p>Never: sends an append twice, resumes by itself, or has more entries on the way than a subscriber asked for.
 *
 * <p>Invariants named by tests: appends keep their order; a promise made before an append arrives before it, one made behind
 * it arrives behind it; watermarks never overtake entries; credit bounds what is on the way.
 */
@NullMarked
package dev.boreal.transport.journal;

import org.jspecify.annotations.NullMarked;
