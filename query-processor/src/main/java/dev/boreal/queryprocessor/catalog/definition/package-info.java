/**
 * Executes statements that define things: tables, indexes, views, sequences, schemas, roles.
 *
 * <p>Promises: a definition is part of its transaction, with PostgreSQL's names, notices, errors and dependencies; a
 * failing one throws {@link dev.boreal.contracts.sql.SqlException}, and rolling back to the mark before it undoes it.
 *
 * <p>Needs: the ports of {@link dev.boreal.queryprocessor.catalog.definition.DefinitionContext}: types, checked
 * expressions, analysed queries, and work on rows.
 *
 * <p>Never: touches a row itself, or parses SQL but for what the catalog stores.
 *
 * <p>Invariants named by tests: automatic names and error texts are PostgreSQL's; nothing is dropped that another thing
 * depends on.
 */
@NullMarked
package dev.boreal.queryprocessor.catalog.definition;

import org.jspecify.annotations.NullMarked;
