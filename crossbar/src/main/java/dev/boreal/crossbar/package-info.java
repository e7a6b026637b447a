/**
 * One order out of many journals, to whom it matters.
 *
 * <p>Promises: every subscriber gets every committed transaction of its range once, in the order (timestamp, journal).
 *
 * <p>Needs: the doors of the journals.
 *
 * <p>Never: keeps state: a subscriber says from where to feed it.
 *
 * <p>Invariants named by tests: a watermark never passes what is not delivered and never falls; a subscriber that resumes misses nothing and gets nothing twice.
 */
@NullMarked
package dev.boreal.crossbar;

import org.jspecify.annotations.NullMarked;
