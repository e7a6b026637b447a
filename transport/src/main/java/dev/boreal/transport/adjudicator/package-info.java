/**
 * Both ends of an adjudicator's door.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.Adjudicator} says. A commit whose stream broke is answered as
 * indeterminate, one that was never sent as refused because nobody leads there.
 *
 * <p>Needs: a stream, and at the other end an adjudicator of this process.
 *
 * <p>Never: sends a request twice, or looks for another adjudicator.
 *
 * <p>Invariants named by tests: each request is answered once; a request arrives as it was sent; a broken stream leaves nobody waiting.
 */
@NullMarked
package dev.boreal.transport.adjudicator;

import org.jspecify.annotations.NullMarked;
