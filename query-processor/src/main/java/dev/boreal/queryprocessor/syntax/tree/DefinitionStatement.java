package dev.boreal.queryprocessor.syntax.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that define things. An empty list of options, columns and so on means that none was written. */
public sealed interface DefinitionStatement extends Statement permits TableDefinition, ObjectDefinition, AlterTable {

    /** What happens to things that depend on what is dropped; RESTRICT when nothing was written. */
    enum DropBehavior {
        RESTRICT,
        CASCADE
    }

    /** {@code AS name (columns)} with the clauses that CREATE TABLE AS and CREATE MATERIALIZED VIEW share. */
    record IntoClause(
            QualifiedName name,
            List<String> columns,
            @Nullable String accessMethod,
            List<Option> options,
            TableDefinition.OnCommit onCommit,
            @Nullable String tablespace) {}
}
