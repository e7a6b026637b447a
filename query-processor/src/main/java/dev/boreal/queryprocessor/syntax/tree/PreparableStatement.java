package dev.boreal.queryprocessor.syntax.tree;

/** What PREPARE, EXPLAIN and a cursor can hold, and what is planned. */
public sealed interface PreparableStatement extends Statement permits Query, ModificationStatement {}
