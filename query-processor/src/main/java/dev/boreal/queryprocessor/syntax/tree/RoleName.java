package dev.boreal.queryprocessor.syntax.tree;

/** A role, or a word that stands for one; {@code name} is empty unless the kind is NAMED. */
public record RoleName(Kind kind, String name, int position) implements Node {
    public enum Kind {
        NAMED,
        PUBLIC,
        CURRENT_ROLE,
        CURRENT_USER,
        SESSION_USER
    }
}
