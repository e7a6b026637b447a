/**
 * pg_catalog and information_schema: tables whose rows are read off the catalog snapshot, the registries of types and
 * functions, and the session.
 *
 * <p>Promises: PostgreSQL 15's relations with their oids, columns and types; what Boreal does not have has no rows.
 *
 * <p>Needs: the evaluation context's catalog, and {@link dev.boreal.queryprocessor.catalog.system.SessionSource} for what
 * belongs to sessions.
 *
 * <p>Never: keeps anything between two reads.
 *
 * <p>Invariants named by tests: every source fills columns that its table has, with values of their types; definitions
 * printed are PostgreSQL's.
 */
@NullMarked
package dev.boreal.queryprocessor.catalog.system;

import org.jspecify.annotations.NullMarked;
