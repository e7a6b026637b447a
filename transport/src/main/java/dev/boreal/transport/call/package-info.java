/**
 * Many calls on one stream: each has a number, and its answers carry it.
 *
 * <p>Promises: a call is answered, or told that it is broken, exactly once in the end; calls are sent in the order in which
 * one thread made them; what was never sent is told so.
 *
 * <p>Needs: a {@link dev.boreal.transport.link.ClientLink} beneath.
 *
 * <p>Never: sends a call twice; lets more wait than the settings allow; lets a loop wait for an answer.
 *
 * <p>Invariants named by tests: a call under way when the stream breaks is answered as unknown, one that was not sent as not
 * sent; too many are refused as overload.
 */
@NullMarked
package dev.boreal.transport.call;

import org.jspecify.annotations.NullMarked;
