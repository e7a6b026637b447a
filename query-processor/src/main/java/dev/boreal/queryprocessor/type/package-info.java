/**
 * The types of SQL: their values in Java, their text and binary forms, their order, and how they are stored.
 *
 * <p>Promises: a value reads back from text, binary, field and key as it was; key bytes order as values do.
 *
 * <p>Needs: the session's settings, through {@link dev.boreal.queryprocessor.type.TypeContext}.
 *
 * <p>Never: knows a table or a statement.
 *
 * <p>Invariants named by tests: keys order as values; text and binary forms are PostgreSQL's.
 */
@NullMarked
package dev.boreal.queryprocessor.type;

import org.jspecify.annotations.NullMarked;
