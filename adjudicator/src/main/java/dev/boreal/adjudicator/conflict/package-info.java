/**
 * What was committed lately, and whether a request conflicts with it.
 *
 * <p>Promises: a conflicting access committed behind the request's snapshot is always found, as long as the snapshot is not below the floor.
 *
 * <p>Needs: timestamps that rise from one commit to the next.
 *
 * <p>Never: misses a conflict: where it forgets it raises a floor, where it summarises it covers more than was written.
 *
 * <p>Invariants named by tests: a remembered key costs under 32 bytes; a fingerprint collision is a false conflict only; whole generations expire; written ranges cover every key written.
 */
@NullMarked
package dev.boreal.adjudicator.conflict;

import org.jspecify.annotations.NullMarked;
