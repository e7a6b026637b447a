/**
 * The three formats of COPY: bytes of a client to fields of rows, and rows to bytes.
 *
 * <p>Promises: data may be cut anywhere; what is read and written, and what is refused, is PostgreSQL's, to the text of
 * the error and the line it names.
 *
 * <p>Needs: the statement's options, and for writing the columns' types.
 *
 * <p>Never: waits for a client, touches a table, or makes a value out of a field.
 *
 * <p>Invariants named by tests: the rows do not depend on where the data were cut; what was written reads back.
 */
@NullMarked
package dev.boreal.queryprocessor.copy;

import org.jspecify.annotations.NullMarked;
