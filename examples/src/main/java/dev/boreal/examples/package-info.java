/**
 * Programs on top of a journal that is used by itself: small enough to be read in one go, whole enough to be started.
 * {@code docs/journal.md} tells about them.
 *
 * <p>Promises: what the page shows is what stands here.
 *
 * <p>Needs: the client of a journal, and nothing else of Boreal.
 *
 * <p>Never: is used by Boreal.
 *
 * <p>Invariants named by tests: every block of Java on the page occurs in the sources.
 */
@NullMarked
package dev.boreal.examples;

import org.jspecify.annotations.NullMarked;
