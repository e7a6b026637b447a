package dev.boreal.queryprocessor.syntax.tree;

import org.jspecify.annotations.Nullable;

/** One item of a select list or RETURNING list: an expression, perhaps a star, and the label given to it. */
public record TargetItem(Expression expression, @Nullable String label, int position) implements Node {}
