/**
 * How it travels: what every process needs to speak with the others. The doors' two ends are in the packages beside.
 *
 * <p>Promises: one stream per pair of processes and door, on which whatever waits travels in one message; a stream that breaks
 * answers everything under way as unknown, and comes back by itself for what is asked later.
 *
 * <p>Needs: a small group of event loops, shared by everything in the process.
 *
 * <p>Never: sends a unary call, waits for a batch to fill, blocks an event loop, or lets a queue grow without bound; decides
 * where to go when a process is away: that is the business of the room whose door it is.
 *
 * <p>Invariants named by tests: the doors' contracts hold over a real connection; strangers are refused in words; malformed
 * bytes end their own stream and nothing else.
 */
@NullMarked
package dev.boreal.transport;

import org.jspecify.annotations.NullMarked;
