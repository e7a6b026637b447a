package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name of one or more parts, folded: {@code name}, {@code schema.name} or {@code catalog.schema.name}. */
public record QualifiedName(List<String> parts, int position) implements Node {

    public static QualifiedName of(String name, int position) {
        return new QualifiedName(List.of(name), position);
    }

    /** The last part. */
    public String name() {
        return parts.getLast();
    }

    /** The part before the last, null if the name is bare. */
    public @Nullable String schema() {
        return parts.size() < 2 ? null : parts.get(parts.size() - 2);
    }

    /** The first of three parts, null if there are fewer. */
    public @Nullable String catalog() {
        return parts.size() < 3 ? null : parts.get(parts.size() - 3);
    }

    /** The parts as written in PostgreSQL's messages: joined by dots, unquoted. */
    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
