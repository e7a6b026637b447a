package dev.boreal.queryprocessor.syntax.tree;

/** How long a relation's contents live. */
public enum Persistence {
    PERMANENT,
    UNLOGGED,
    TEMPORARY
}
