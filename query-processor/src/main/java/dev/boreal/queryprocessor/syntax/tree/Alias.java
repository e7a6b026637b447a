package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;

/** {@code AS name (columns)}; columns may be empty or fewer than the relation has. */
public record Alias(String name, List<String> columns) {}
