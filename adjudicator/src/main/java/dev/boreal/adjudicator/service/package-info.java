/**
 * The threads around the core: the door {@code Adjudicator} over a {@code Journal}.
 *
 * <p>Promises: each request is answered once; {@code Committed} only when the entry is durable and the clock has passed it.
 *
 * <p>Needs: a journal, a clock, a timer.
 *
 * <p>Never: calls a listener or waits for a disk while it holds the lock of the core.
 *
 * <p>Invariants named by tests: the answer waits for the clock; a fenced adjudicator steps down; a heartbeat never passes an entry that is not appended;
 * what clients are told through take-overs is what the journal holds.
 */
@NullMarked
package dev.boreal.adjudicator.service;

import org.jspecify.annotations.NullMarked;
