/**
 * The shell: threads, waiting readers, the views they share, and the door itself.
 *
 * <p>Promises: every call answers, throws {@link dev.boreal.contracts.read.ReadRefused}, or waits within the read time-out; close is
 * safe at any moment.
 *
 * <p>Needs: a crossbar to subscribe to.
 *
 * <p>Never: blocks in a look at the watermark, or touches the store after close.
 *
 * <p>Invariants named by tests: waiting readers wake when reached and not before; an open scan survives close with a refusal;
 * a replica that lacks what was trimmed is built anew, through breaks and crashes.
 */
@NullMarked
package dev.boreal.storage.service;

import org.jspecify.annotations.NullMarked;
