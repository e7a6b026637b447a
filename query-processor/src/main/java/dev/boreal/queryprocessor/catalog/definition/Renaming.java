package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.SystemTable;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.catalog.View;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.Rename;
import dev.boreal.queryprocessor.syntax.tree.ObjectDefinition.SetSchema;
import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import java.util.ArrayList;
import java.util.List;

/**
 * ALTER ... RENAME and SET SCHEMA of relations and their parts. Stored expressions name columns and sequences, so their text
 * changes along; a view's query is not rewritten: what it uses keeps its name as long as the view exists.
 */
final class Renaming {
    private final Definition definition;

    Renaming(Definition definition) {
        this.definition = definition;
    }

    String execute(Rename rename) {
        switch (rename.kind()) {
            case SCHEMA ->
                new SchemaDefinition(definition).rename(rename.object().name().name(), rename.newName());
            case ROLE ->
                new RoleDefinition(definition).rename(rename.object().name().name(), rename.newName());
            case TABLE, VIEW, INDEX, SEQUENCE -> renameRelation(rename);
            default -> throw SqlException.notSupported("ALTER " + rename.kind().sql() + " ... RENAME");
        }
        return rename.commandTag();
    }

    private void renameRelation(Rename rename) {
        CatalogNames.Found found = definition.names().find(rename.object().name());
        if (found == null && rename.ifExists()) {
            definition.notice("relation \"" + rename.object().name().name() + "\" does not exist, skipping");
            return;
        }
        found = definition.requireChangeable(rename.object().name());
        String part = rename.partName();
        if (rename.part() == ObjectKind.COLUMN && part != null) {
            renameColumn(found, part, rename.newName());
        } else if (rename.part() == ObjectKind.CONSTRAINT && part != null) {
            renameConstraint(found, part, rename.newName());
        } else {
            ObjectKind kind = rename.kind();
            boolean indexOfAnyKind = kind == ObjectKind.INDEX || kind == ObjectKind.TABLE;
            if (!(indexOfAnyKind && found.index() != null) && kind != ObjectKind.TABLE) {
                TableAlteration.requireKind(kind, found, rename.object().name().name());
            }
            renameWhole(found, rename.newName());
        }
    }

    private void renameWhole(CatalogNames.Found found, String newName) {
        Schema schema = TableAlteration.schemaOf(definition, found.relation());
        definition.requireFreeName(schema, newName);
        Index index = found.index();
        if (index != null && found.relation() instanceof Table table) {
            renameIndex(table, index, newName);
            return;
        }
        requireUnusedByViews(found.relation(), null);
        switch (found.relation()) {
            case Table table -> definition.editor.put(table.withName(newName));
            case View view -> definition.editor.put(view.withName(newName));
            case Sequence sequence -> {
                definition.editor.put(sequence.withName(newName));
                renameInDefaults(schema.name(), sequence.name(), schema.name(), newName);
            }
            case SystemTable system -> throw new IllegalArgumentException("a system table keeps its name");
        }
    }

    private void renameIndex(Table table, Index index, String newName) {
        Table changed = TableParts.with(table, index.withName(newName));
        Constraint.Unique constraint = table.constraintOfIndex(index.oid());
        if (constraint != null) {
            ConstraintBuilder.requireFreeConstraint(table, newName);
            changed = TableParts.with(changed, renamed(constraint, newName));
        }
        definition.editor.put(changed);
    }

    /** @param column a column of the relation, null for the relation as a whole */
    private void requireUnusedByViews(Relation relation, @org.jspecify.annotations.Nullable String column) {
        Dependencies dependencies = new Dependencies(definition.catalog(), definition.names());
        for (View view : dependencies.viewsOf(relation.oid())) {
            if (column == null || Dependencies.uses(view, column)) {
                throw error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "renaming what a view uses is not supported",
                        "view " + definition.names().print(view.oid()) + " uses "
                                + (column == null ? Definition.kindOf(relation) + " " : "column " + column + " of ")
                                + relation.name(),
                        "Drop the view, rename, and create the view again.");
            }
        }
    }

    private void renameColumn(CatalogNames.Found found, String from, String to) {
        Relation relation = found.relation();
        if (found.index() != null || !(relation instanceof Table || relation instanceof View)) {
            throw error(SqlState.WRONG_OBJECT_TYPE, "cannot rename columns of relation \"" + relation.name() + "\"");
        }
        Column column = null;
        for (Column candidate : relation.columns()) {
            if (!candidate.dropped() && candidate.name().equals(from)) {
                column = candidate;
            }
        }
        if (column == null) {
            throw error(SqlState.UNDEFINED_COLUMN, "column \"" + from + "\" does not exist");
        }
        ColumnBuilder.requireUsableName(to);
        for (Column other : relation.columns()) {
            if (!other.dropped() && other.name().equals(to)) {
                throw error(
                        SqlState.DUPLICATE_COLUMN,
                        "column \"" + to + "\" of relation \"" + relation.name() + "\" already exists");
            }
        }
        requireUnusedByViews(relation, from);
        if (relation instanceof View view) {
            List<Column> columns = new ArrayList<>(view.columns());
            columns.set(column.field(), column.withName(to));
            definition.editor.put(view.withColumns(columns));
        } else if (relation instanceof Table table) {
            definition.editor.put(renamedColumn(table, column, to));
        }
    }

    private static Table renamedColumn(Table table, Column column, String to) {
        String from = column.name();
        Table changed = TableParts.with(table, column.withName(to));
        for (Column other : changed.columns()) {
            String sql = other.defaultSql();
            if (other.generatedStored() && sql != null) {
                changed = TableParts.with(changed, other.withDefault(ExpressionText.rename(sql, from, to)));
            }
        }
        for (Constraint constraint : table.constraints()) {
            if (constraint instanceof Constraint.Check check) {
                changed = TableParts.with(
                        changed,
                        new Constraint.Check(
                                check.oid(),
                                check.name(),
                                ExpressionText.rename(check.conditionSql(), from, to),
                                check.validated()));
            }
        }
        for (Index index : table.indexes()) {
            List<Index.IndexColumn> columns = new ArrayList<>();
            for (Index.IndexColumn key : index.columns()) {
                String sql = key.expressionSql();
                columns.add(new Index.IndexColumn(
                        key.columnNumber(),
                        sql == null ? null : ExpressionText.rename(sql, from, to),
                        key.descending(),
                        key.nullsFirst()));
            }
            String predicate = index.predicateSql();
            changed = TableParts.with(
                    changed,
                    index.withColumns(columns, predicate == null ? null : ExpressionText.rename(predicate, from, to)));
        }
        return changed;
    }

    private void renameConstraint(CatalogNames.Found found, String from, String to) {
        if (found.index() != null || !(found.relation() instanceof Table table)) {
            throw error(SqlState.WRONG_OBJECT_TYPE, "\"" + found.relation().name() + "\" is not a table");
        }
        Constraint constraint = table.findConstraint(from);
        if (constraint == null) {
            throw error(
                    SqlState.UNDEFINED_OBJECT,
                    "constraint \"" + from + "\" for table \"" + table.name() + "\" does not exist");
        }
        if (constraint instanceof Constraint.Unique unique) {
            Index index = table.findIndex(unique.indexOid());
            if (index != null) {
                renameWhole(new CatalogNames.Found(table, index), to);
                return;
            }
        }
        ConstraintBuilder.requireFreeConstraint(table, to);
        definition.editor.put(TableParts.with(table, renamed(constraint, to)));
    }

    private static Constraint renamed(Constraint constraint, String name) {
        return switch (constraint) {
            case Constraint.Unique unique ->
                new Constraint.Unique(
                        unique.oid(),
                        name,
                        unique.indexOid(),
                        unique.primary(),
                        unique.deferrable(),
                        unique.initiallyDeferred());
            case Constraint.Check check ->
                new Constraint.Check(check.oid(), name, check.conditionSql(), check.validated());
            case Constraint.ForeignKey key ->
                new Constraint.ForeignKey(
                        key.oid(),
                        name,
                        key.columns(),
                        key.referencedTable(),
                        key.referencedIndex(),
                        key.referencedColumns(),
                        key.onUpdate(),
                        key.onDelete(),
                        key.matchFull(),
                        key.deferrable(),
                        key.initiallyDeferred(),
                        key.validated(),
                        key.setColumns());
        };
    }

    /** Lets every stored default name a sequence as it is called now. */
    void renameInDefaults(String schema, String sequence, String newSchema, String newSequence) {
        for (Relation relation : List.copyOf(definition.catalog().relations())) {
            if (relation instanceof Table table) {
                Table changed = table;
                for (Column column : table.columns()) {
                    String sql = column.defaultSql();
                    if (sql != null && SequenceText.mentions(sql, schema, sequence)) {
                        changed = TableParts.with(
                                changed,
                                column.withDefault(SequenceText.rename(sql, schema, sequence, newSchema, newSequence)));
                    }
                }
                if (!changed.equals(table)) {
                    definition.editor.put(changed);
                }
            }
        }
    }

    String setSchema(SetSchema set) {
        CatalogNames.Found found = definition.names().find(set.object().name());
        if (found == null && set.ifExists()) {
            definition.notice("relation \"" + set.object().name().name() + "\" does not exist, skipping");
            return set.commandTag();
        }
        found = definition.requireChangeable(set.object().name());
        TableAlteration.requireKind(set.kind(), found, set.object().name().name());
        Schema schema = definition.names().requireSchema(set.newSchema());
        if (Definition.isSystem(schema)) {
            throw SqlException.notSupported("moving objects into a system schema");
        }
        if (found.relation().schemaOid() != schema.oid()) {
            requireUnusedByViews(found.relation(), null);
            move(found.relation(), schema);
        }
        return set.commandTag();
    }

    private void move(Relation relation, Schema schema) {
        Schema before = TableAlteration.schemaOf(definition, relation);
        definition.requireFreeName(schema, relation.name());
        switch (relation) {
            case Table table -> {
                for (Index index : table.indexes()) {
                    definition.requireFreeName(schema, index.name());
                }
                definition.editor.put(table.withSchema(schema.oid()));
                for (Relation other : List.copyOf(definition.catalog().relations())) {
                    if (other instanceof Sequence sequence && sequence.ownedByTable() == table.oid()) {
                        move(sequence, schema);
                    }
                }
            }
            case View view -> definition.editor.put(view.withSchema(schema.oid()));
            case Sequence sequence -> {
                definition.editor.put(sequence.withSchema(schema.oid()));
                renameInDefaults(before.name(), sequence.name(), schema.name(), sequence.name());
            }
            case SystemTable system -> throw new IllegalArgumentException("a system table keeps its schema");
        }
    }
}
