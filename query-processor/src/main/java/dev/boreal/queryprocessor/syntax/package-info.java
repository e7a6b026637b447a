/**
 * PostgreSQL's language: text to tree, tree to text, and text to a key for the plan cache.
 *
 * <p>Promises: accepts what PostgreSQL 15 accepts, with its precedence, keyword classes, folding and literal forms; an error has
 * PostgreSQL's SQLSTATE, wording and character position. What is PostgreSQL but not Boreal becomes
 * {@link dev.boreal.queryprocessor.syntax.tree.Unsupported}, never a syntax error.
 *
 * <p>Needs: nothing but the text.
 *
 * <p>Never: looks at the catalog, resolves a name, or keeps anything between calls.
 *
 * <p>Invariants named by tests: golden answers of PostgreSQL's own grammar agree in acceptance, message and position; printed text
 * parses back to the same tree; no text makes the parser throw anything but an SqlException.
 */
@NullMarked
package dev.boreal.queryprocessor.syntax;

import org.jspecify.annotations.NullMarked;
