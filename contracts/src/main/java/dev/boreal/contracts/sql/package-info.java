/**
 * What pgwire and the query processor say to one another beside bytes: errors, fields, parameters.
 *
 * <p>Promises: an error carries every field that PostgreSQL's protocol can carry.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: knows the wire: no message types, no framing.
 *
 * <p>Invariants named by tests: every SQLSTATE has five characters.
 */
@NullMarked
package dev.boreal.contracts.sql;

import org.jspecify.annotations.NullMarked;
