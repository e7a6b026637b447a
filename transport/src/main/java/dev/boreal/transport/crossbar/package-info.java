/**
 * Both ends of a crossbar's door.
 *
 * <p>Promises: what {@link dev.boreal.contracts.door.Crossbar} says; a slow subscriber holds up its own feed only, and costs
 * a bounded number of bytes at both ends.
 *
 * <p>Needs: a stream, a thread per subscription at the subscriber's end, which may block there.
 *
 * <p>Never: lets a watermark overtake an entry, or continues a feed that broke: another crossbar may.
 *
 * <p>Invariants named by tests: entries and watermarks come in order, one call at a time; credit bounds what is on the way; a
 * broken stream closes its feeds.
 */
@NullMarked
package dev.boreal.transport.crossbar;

import org.jspecify.annotations.NullMarked;
