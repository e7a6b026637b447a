package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.Statement;

/**
 * A statement of a string that may hold several. Positions in the tree count from the beginning of the whole string.
 *
 * @param text the statement's own text, without the semicolon, and without the white space and comments around it
 * @param parameterCount the highest {@code n} of its {@code $n}, 0 if it has none
 */
public record ParsedStatement(Statement statement, String text, int parameterCount) {}
