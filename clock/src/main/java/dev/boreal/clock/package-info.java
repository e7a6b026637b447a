/**
 * When: time with its error bound, timers, seeded chance.
 *
 * <p>Promises: {@link dev.boreal.clock.Clock#now} bounds the true time; a {@link dev.boreal.clock.TimestampIssuer}
 * never issues the same timestamp twice nor one below an earlier one.
 *
 * <p>Needs: the system's clock, and nothing else, in {@link dev.boreal.clock.SystemClock} alone. Every core takes a
 * clock, a timer and a {@link dev.boreal.clock.Chance} as arguments.
 *
 * <p>Never: sleeps, or decides what a time means.
 *
 * <p>Invariants named by tests: issued timestamps rise strictly whatever the clock does; equal seeds give equal chance.
 */
@NullMarked
package dev.boreal.clock;

import org.jspecify.annotations.NullMarked;
