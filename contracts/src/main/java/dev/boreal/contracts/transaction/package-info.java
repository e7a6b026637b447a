/**
 * What a transaction asks for at COMMIT, and what it is told.
 *
 * <p>Promises: a request holds the whole transaction; an outcome is a value that says everything a user could ask.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: decides anything: the adjudicator does.
 *
 * <p>Invariants named by tests: a transaction record and a write set read back as they were written; the conflict matrix is symmetric.
 */
@NullMarked
package dev.boreal.contracts.transaction;

import org.jspecify.annotations.NullMarked;
