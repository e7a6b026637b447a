/**
 * What is said between the rooms of Boreal: value records and, in {@link dev.boreal.contracts.door}, the doors.
 *
 * <p>Promises: every type here is either immutable, or says in its own comment who owns it and until when. Byte
 * layouts (keys, rows, write sets, transaction records) are written down on the class that owns them and are read
 * and written nowhere else.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: starts a thread, opens a file or a socket, reads a clock, or holds a rule of one room.
 *
 * <p>Invariants named by tests: a write set and a row read back as they were written; a key range contains exactly
 * the keys between its bounds in unsigned byte order; equal keys have equal fingerprints.
 */
@NullMarked
package dev.boreal.contracts;

import org.jspecify.annotations.NullMarked;
