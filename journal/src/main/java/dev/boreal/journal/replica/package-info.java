/**
 * The replicas of a journal agree: one pure core for chain and quorum.
 *
 * <p>Promises: what was answered as durable is on every member of the chain, or on a majority, and in every log that is ever
 * committed; committed prefixes are identical on all replicas; an index and a term name one record for ever.
 *
 * <p>Needs: a shell that performs the effects in order, and tells what became of them.
 *
 * <p>Never: knows a thread, a file, a clock or chance.
 *
 * <p>Invariants named by tests: nothing acknowledged is lost, committed prefixes are identical, epochs fence, watermarks hold;
 * planted bugs are found.
 */
@NullMarked
package dev.boreal.journal.replica;

import org.jspecify.annotations.NullMarked;
