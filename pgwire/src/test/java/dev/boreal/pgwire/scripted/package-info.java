/**
 * A query processor that speaks a tiny language of its own, and a client that speaks and reads single messages.
 *
 * <p>Promises: keeps the contract of the doors, transactions and portals included, so that pgwire can be tested alone.
 *
 * <p>Needs: nothing outside the test.
 *
 * <p>Never: parses SQL.
 *
 * <p>Invariants named by tests: it has none of its own.
 */
@NullMarked
package dev.boreal.pgwire.scripted;

import org.jspecify.annotations.NullMarked;
