/**
 * What exists: schemas, relations, columns, constraints, indexes, sequences, roles, as of one moment.
 *
 * <p>Promises: a snapshot is immutable and consistent; names resolve as PostgreSQL resolves them.
 *
 * <p>Needs: rows of the catalog's own tables, read as of a snapshot.
 *
 * <p>Never: waits, or changes a snapshot in place.
 *
 * <p>Invariants named by tests: a snapshot written out and loaded again is equal.
 */
@NullMarked
package dev.boreal.queryprocessor.catalog;

import org.jspecify.annotations.NullMarked;
