/**
 * How a version of a row is written down: its key with the inverted timestamp, its value with the mark of a row.
 *
 * <p>Promises: stored keys sort by user key in unsigned byte order, a prefix first, and the newest version first within one key.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: knows what a key or a row means.
 *
 * <p>Invariants named by tests: encoded order equals the order of keys; every key reads back.
 */
@NullMarked
package dev.boreal.storage.version;

import org.jspecify.annotations.NullMarked;
