/**
 * The doors of the rooms: one narrow interface each.
 *
 * <p>Promises: each comment states order, ownership of arguments, threads, and what happens on failure.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: holds an implementation.
 *
 * <p>Invariants named by tests: the contract test of each door lives with the room that opens it.
 */
@NullMarked
package dev.boreal.contracts.door;

import org.jspecify.annotations.NullMarked;
