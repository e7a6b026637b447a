package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Comment;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COMMENT ON. */
final class Commenting {
    private final Definition definition;

    Commenting(Definition definition) {
        this.definition = definition;
    }

    String execute(Comment comment) {
        QualifiedName name = comment.object().name();
        String text = comment.text() == null || comment.text().isEmpty() ? null : comment.text();
        switch (comment.kind()) {
            case TABLE, VIEW, SEQUENCE, INDEX -> onRelation(comment, name, text);
            case COLUMN -> onColumn(name, text);
            case SCHEMA -> {
                Schema schema = definition.names().requireSchema(name.name());
                if (Definition.isSystem(schema)) {
                    throw error(SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for schema " + schema.name());
                }
                definition.editor.put(new Schema(schema.oid(), schema.name(), schema.ownerOid(), text));
            }
            default ->
                throw SqlException.notSupported("COMMENT ON " + comment.kind().sql());
        }
        return comment.commandTag();
    }

    private void onRelation(Comment comment, QualifiedName name, @Nullable String text) {
        CatalogNames.Found found = definition.requireChangeable(name);
        Index index = found.index();
        boolean right = switch (comment.kind()) {
            case TABLE -> index == null && found.relation() instanceof Table;
            case VIEW -> index == null && found.relation() instanceof View;
            case SEQUENCE -> index == null && found.relation() instanceof Sequence;
            default -> index != null;
        };
        if (!right) {
            throw error(
                    SqlState.WRONG_OBJECT_TYPE,
                    "\"" + name.name() + "\" is not " + (comment.kind().sql().equals("INDEX") ? "an " : "a ")
                            + comment.kind().sql().toLowerCase(java.util.Locale.ROOT));
        }
        Relation changed = switch (found.relation()) {
            case Table table ->
                index == null ? table.withComment(text) : TableParts.with(table, index.withComment(text));
            case View view -> view.withComment(text);
            case Sequence sequence -> sequence.withComment(text);
            default -> throw new IllegalArgumentException("no comment on a system table");
        };
        definition.editor.put(changed);
    }

    private void onColumn(QualifiedName name, @Nullable String text) {
        int parts = name.parts().size();
        if (parts < 2) {
            throw error(SqlState.SYNTAX_ERROR, "column name must be qualified");
        }
        QualifiedName relationName = new QualifiedName(name.parts().subList(0, parts - 1), name.position());
        CatalogNames.Found found = definition.requireChangeable(relationName);
        Relation relation = found.relation();
        if (found.index() != null || relation instanceof Sequence) {
            throw error(SqlState.WRONG_OBJECT_TYPE, "cannot set comment on relation \"" + relationName.name() + "\"");
        }
        List<Column> columns = new ArrayList<>(relation.columns());
        for (Column column : relation.columns()) {
            if (!column.dropped() && column.name().equals(name.name())) {
                columns.set(column.field(), column.withComment(text));
                definition.editor.put(
                        relation instanceof View view
                                ? view.withColumns(columns)
                                : definition.requireTable(relationName).withColumns(columns));
                return;
            }
        }
        throw error(
                SqlState.UNDEFINED_COLUMN,
                "column \"" + name.name() + "\" of relation \"" + relation.name() + "\" does not exist");
    }
}
