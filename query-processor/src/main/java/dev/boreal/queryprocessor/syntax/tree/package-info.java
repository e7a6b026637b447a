/**
 * The syntax tree of PostgreSQL's SQL as sealed families of records.
 *
 * <p>Promises: immutable values; lists are unmodifiable and never null; names are folded and truncated as PostgreSQL does; every
 * node that an error can point at carries a {@code position}, the 1-based place in the statement's text counted in characters
 * (code points) as PostgreSQL counts, 0 where unknown.
 *
 * <p>Needs: nothing.
 *
 * <p>Never: knows types, catalogs or semantics: {@code int} is the name {@code pg_catalog.int4} and nothing more.
 *
 * <p>Invariants named by tests: two trees of the same text are equal, and differ only in positions from the tree of the printed text.
 */
@NullMarked
package dev.boreal.queryprocessor.syntax.tree;

import org.jspecify.annotations.NullMarked;
