package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.catalog.Sequence;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.AlterTable;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import java.util.ArrayList;
import java.util.List;

/** The actions of ALTER TABLE on columns, but for their type. */
final class ColumnAlteration {
    private final Definition definition;

    ColumnAlteration(Definition definition) {
        this.definition = definition;
    }

    Column require(Table table, String name) {
        Column column = table.findColumn(name);
        if (column == null) {
            throw error(
                    SqlState.UNDEFINED_COLUMN,
                    "column \"" + name + "\" of relation \"" + table.name() + "\" does not exist");
        }
        return column;
    }

    void add(Table table, AlterTable.AddColumn add) {
        String name = add.column().name();
        if (table.findColumn(name) != null) {
            String what = "column \"" + name + "\" of relation \"" + table.name() + "\"";
            if (add.ifNotExists()) {
                definition.noticeExists(SqlState.DUPLICATE_COLUMN, what);
                return;
            }
            throw error(SqlState.DUPLICATE_COLUMN, what + " already exists");
        }
        Schema schema = TableAlteration.schemaOf(definition, table);
        NameChooser names = new NameChooser(definition.catalog(), schema.oid());
        ColumnBuilder builder =
                new ColumnBuilder(definition, table.name(), table.columns().size() + 1, add.column());
        builder.createSequence(table, schema, names);
        Sequence sequence = builder.sequence();
        if (sequence != null) {
            definition.editor.put(sequence);
        }
        fill(table, builder);
        for (Constraint constraint : builder.constraints()) {
            TableAlteration.addConstraint(definition, definition.current(table), constraint, name);
        }
    }

    /**
     * Puts the new column into the catalog. Rows that are there get its value without being touched if it is one value for
     * all; otherwise they are rewritten.
     */
    private void fill(Table table, ColumnBuilder builder) {
        Table scope = TableParts.with(table, builder.column());
        ExpressionChecker.Checked checked = builder.checkedValue(scope);
        Column column = builder.column();
        boolean rewrite = builder.sequence() != null;
        if (checked != null) {
            column = builder.isGenerated()
                    ? column.withGenerated(checked.sql(), true)
                    : column.withDefault(checked.isNull() ? null : checked.sql());
            rewrite |= builder.isGenerated() || checked.isVolatile();
        }
        String defaultSql = column.defaultSql();
        if (!rewrite && defaultSql != null) {
            byte[] field = definition.context.rows().evaluate(column, defaultSql);
            column = column.withMissingField(field);
        }
        Table changed = TableParts.with(table, column);
        if (!rewrite) {
            definition.editor.put(changed);
            if (column.notNull() && column.missingField() == null) {
                definition.context.rows().requireNoNulls(changed, column);
            }
            return;
        }
        List<TableRows.NewValue> values = new ArrayList<>();
        if (defaultSql != null) {
            values.add(new TableRows.NewValue(column.number(), defaultSql));
        }
        TableChange.rewrite(definition, table, changed, values);
    }

    void drop(Table table, AlterTable.DropColumn drop) {
        Column column = table.findColumn(drop.column());
        if (column == null && drop.ifExists()) {
            definition.notice(
                    "column \"" + drop.column() + "\" of relation \"" + table.name() + "\" does not exist, skipping");
            return;
        }
        ObjectId id = new ObjectId(
                ObjectId.Kind.COLUMN, table.oid(), require(table, drop.column()).number());
        new Dropping(definition).drop(List.of(id), drop.behavior());
    }

    void setDefault(Table table, AlterTable.SetDefault set) {
        Column column = require(table, set.column());
        if (column.identity() != Column.Identity.NONE) {
            throw error(
                    SqlState.SYNTAX_ERROR,
                    what(table, column) + " is an identity column",
                    null,
                    dropHint(set, "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead."));
        }
        if (column.generatedStored()) {
            throw error(
                    SqlState.SYNTAX_ERROR,
                    what(table, column) + " is a generated column",
                    null,
                    dropHint(set, "Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead."));
        }
        String sql = null;
        if (set.expression() != null) {
            ExpressionChecker.Checked checked =
                    definition.check(set.expression(), ExpressionChecker.Purpose.DEFAULT, table, column);
            sql = checked.isNull() ? null : checked.sql();
        }
        definition.editor.put(TableParts.with(table, column.withDefault(sql)));
    }

    private static @org.jspecify.annotations.Nullable String dropHint(AlterTable.SetDefault set, String hint) {
        return set.expression() == null ? hint : null;
    }

    private static String what(Table table, Column column) {
        return "column \"" + column.name() + "\" of relation \"" + table.name() + "\"";
    }

    void setNotNull(Table table, AlterTable.SetNotNull set) {
        Column column = require(table, set.column());
        if (column.notNull() == set.notNull()) {
            return;
        }
        if (!set.notNull()) {
            if (column.identity() != Column.Identity.NONE) {
                throw error(SqlState.SYNTAX_ERROR, what(table, column) + " is an identity column");
            }
            Index primary = table.primaryKey();
            if (primary != null && TableParts.uses(primary, column.number())) {
                throw error(SqlState.INVALID_TABLE_DEFINITION, "column \"" + column.name() + "\" is in a primary key");
            }
        }
        Column changed = column.withNotNull(set.notNull());
        Table result = TableParts.with(table, changed);
        definition.editor.put(result);
        if (set.notNull()) {
            definition.context.rows().requireNoNulls(result, changed);
        }
    }

    void dropExpression(Table table, AlterTable.DropExpression drop) {
        Column column = require(table, drop.column());
        if (!column.generatedStored()) {
            String message = what(table, column) + " is not a stored generated column";
            if (drop.ifExists()) {
                definition.notice(message + ", skipping");
                return;
            }
            throw error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, message);
        }
        definition.editor.put(TableParts.with(table, column.withGenerated(null, false)));
    }

    void addIdentity(Table table, AlterTable.AddIdentity add) {
        Column column = require(table, add.column());
        if (column.identity() != Column.Identity.NONE) {
            throw notReady(what(table, column) + " is already an identity column");
        }
        if (column.defaultSql() != null) {
            throw notReady(what(table, column) + " already has a default value");
        }
        if (!column.notNull()) {
            throw notReady(what(table, column) + " must be declared NOT NULL before identity can be added");
        }
        Schema schema = TableAlteration.schemaOf(definition, table);
        NameChooser names = new NameChooser(definition.catalog(), schema.oid());
        Sequence sequence = ColumnBuilder.newSequence(definition, table, schema, column, add.options(), names);
        definition.editor.put(sequence);
        definition.editor.put(TableParts.with(
                table,
                column.withIdentity(
                        add.always() ? Column.Identity.ALWAYS : Column.Identity.BY_DEFAULT, sequence.oid())));
    }

    void setIdentity(Table table, AlterTable.SetIdentity set) {
        Column column = require(table, set.column());
        if (column.identity() == Column.Identity.NONE) {
            throw notReady(what(table, column) + " is not an identity column");
        }
        Boolean always = set.always();
        if (always != null) {
            definition.editor.put(TableParts.with(
                    table,
                    column.withIdentity(
                            always ? Column.Identity.ALWAYS : Column.Identity.BY_DEFAULT, column.ownedSequenceOid())));
        }
        if (!set.options().isEmpty()
                && definition.catalog().relation(column.ownedSequenceOid()) instanceof Sequence sequence) {
            new SequenceDefinition(definition).change(sequence, set.options());
        }
    }

    void dropIdentity(Table table, AlterTable.DropIdentity drop) {
        Column column = require(table, drop.column());
        if (column.identity() == Column.Identity.NONE) {
            String message = what(table, column) + " is not an identity column";
            if (drop.ifExists()) {
                definition.notice(message + ", skipping");
                return;
            }
            throw notReady(message);
        }
        definition.editor.put(TableParts.with(table, column.withIdentity(Column.Identity.NONE, 0)));
        if (definition.catalog().relation(column.ownedSequenceOid()) instanceof Sequence sequence) {
            definition.purge(sequence.storageId());
            definition.editor.remove(sequence);
        }
    }

    private static SqlException notReady(String message) {
        return error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, message);
    }
}
