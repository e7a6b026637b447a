package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands between the parentheses of CREATE TABLE. */
public sealed interface TableElement extends Node {

    /**
     * A column.
     *
     * @param type null only in {@code OF type} and {@code PARTITION OF} tables
     */
    record ColumnDefinition(
            String name,
            @Nullable TypeName type,
            @Nullable String compression,
            @Nullable QualifiedName collation,
            List<Constraint> constraints,
            int position)
            implements TableElement {}

    record TableConstraint(Constraint constraint, int position) implements TableElement {}

    /** {@code LIKE source [INCLUDING | EXCLUDING ...]}: the options that remain included. */
    record Like(QualifiedName source, Set<LikeOption> including, int position) implements TableElement {}

    enum LikeOption {
        COMMENTS,
        COMPRESSION,
        CONSTRAINTS,
        DEFAULTS,
        IDENTITY,
        GENERATED,
        INDEXES,
        STATISTICS,
        STORAGE
    }
}
