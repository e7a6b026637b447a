package dev.boreal.queryprocessor.syntax.tree;

/**
 * A statement of PostgreSQL's that Boreal recognises but does not have. The session answers 0A000.
 *
 * @param feature such as {@code CREATE TRIGGER}
 */
public record Unsupported(String feature, int position) implements Statement {

    @Override
    public String commandTag() {
        return feature;
    }
}
