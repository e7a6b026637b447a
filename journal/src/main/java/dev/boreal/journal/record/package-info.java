/**
 * The bytes of a segment file: its header, its records and their checksums.
 *
 * <p>Promises: what was encoded decodes to the same; a record that was copied to another place, cut or changed in any
 * bit does not pass its checksum.
 *
 * <p>Needs: nothing but the JDK.
 *
 * <p>Never: reads or writes a file.
 *
 * <p>Invariants named by tests: round trips; every flipped bit is noticed.
 */
@NullMarked
package dev.boreal.journal.record;

import org.jspecify.annotations.NullMarked;
