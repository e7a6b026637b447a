package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Constraint.ForeignKey.Action;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.Constraint.ForeignKey;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Match;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves a foreign key to the unique index that it refers to. */
final class ForeignKeyBuilder {
    private final Definition definition;
    private final NameChooser names;

    ForeignKeyBuilder(Definition definition, NameChooser names) {
        this.definition = definition;
        this.names = names;
    }

    ConstraintBuilder.Added add(Table table, ForeignKey key, List<String> columnNames) {
        if (key.match() == Match.PARTIAL) {
            throw error(SqlState.FEATURE_NOT_SUPPORTED, "MATCH PARTIAL not yet implemented", key.position());
        }
        Table referenced = referencedTable(table, key);
        int[] columns = columns(table, columnNames);
        int[] targets = key.referencedColumns().isEmpty()
                ? primaryKeyColumns(referenced)
                : columns(referenced, key.referencedColumns());
        requireNoDuplicates(targets);
        if (columns.length != targets.length) {
            throw error(
                    SqlState.INVALID_FOREIGN_KEY,
                    "number of referencing and referenced columns for foreign key disagree");
        }
        Index index = uniqueIndex(referenced, targets);
        if (index == null) {
            throw error(
                    SqlState.INVALID_FOREIGN_KEY,
                    "there is no unique constraint matching given keys for referenced table \"" + referenced.name()
                            + "\"");
        }
        String name = key.name();
        if (name == null) {
            name = names.constraint(table.name(), NameChooser.joined(columnNames), "fkey");
        } else {
            ConstraintBuilder.requireFreeConstraint(table, name);
        }
        requireComparable(table, columns, referenced, targets, name);
        requireSettable(table, columns, key);
        if (referenced.oid() != table.oid()) {
            definition.claim(referenced);
        }
        Constraint constraint = new Constraint.ForeignKey(
                definition.newOid(),
                name,
                columns,
                referenced.oid(),
                index.oid(),
                targets,
                action(key.onUpdate()),
                action(key.onDelete()),
                key.match() == Match.FULL,
                key.attributes().deferrable(),
                key.attributes().initiallyDeferred(),
                !key.attributes().notValid(),
                setColumns(table, columns, key));
        return new ConstraintBuilder.Added(TableParts.with(table, constraint), constraint);
    }

    private Table referencedTable(Table table, ForeignKey key) {
        String schemaName = key.referencedTable().schema();
        CatalogNames.Found found = definition.names().find(key.referencedTable());
        boolean self = key.referencedTable().name().equals(table.name())
                && (found == null || found.oid() == table.oid())
                && (schemaName == null
                        || definition.names().requireSchema(schemaName).oid() == table.schemaOid());
        if (self) {
            return table;
        }
        CatalogNames.Found required = definition.names().require(key.referencedTable());
        Relation relation = required.relation();
        if (required.index() != null || !(relation instanceof Table referenced)) {
            throw error(
                    SqlState.WRONG_OBJECT_TYPE,
                    "referenced relation \"" + key.referencedTable().name() + "\" is not a table");
        }
        return referenced;
    }

    private static int[] primaryKeyColumns(Table referenced) {
        Index primary = referenced.primaryKey();
        if (primary == null) {
            throw error(
                    SqlState.UNDEFINED_OBJECT,
                    "there is no primary key for referenced table \"" + referenced.name() + "\"");
        }
        return primary.columns().stream()
                .mapToInt(Index.IndexColumn::columnNumber)
                .toArray();
    }

    private static int[] columns(Table table, List<String> names) {
        int[] numbers = new int[names.size()];
        for (int i = 0; i < numbers.length; i++) {
            Column column = table.findColumn(names.get(i));
            if (column == null) {
                throw error(
                        SqlState.UNDEFINED_COLUMN,
                        "column \"" + names.get(i) + "\" referenced in foreign key constraint does not exist");
            }
            numbers[i] = column.number();
        }
        return numbers;
    }

    private static void requireNoDuplicates(int[] targets) {
        for (int i = 0; i < targets.length; i++) {
            for (int j = 0; j < i; j++) {
                if (targets[i] == targets[j]) {
                    throw error(
                            SqlState.INVALID_FOREIGN_KEY,
                            "foreign key referenced-columns list must not contain duplicates");
                }
            }
        }
    }

    /** The unique index, not partial and without expressions, whose columns are these in any order; the primary key first. */
    private static @Nullable Index uniqueIndex(Table referenced, int[] targets) {
        for (Index index : referenced.indexes()) {
            if (index.unique()
                    && index.predicateSql() == null
                    && index.state() == Index.State.READY
                    && index.columns().size() == targets.length
                    && hasAll(index, targets)) {
                return index;
            }
        }
        return null;
    }

    private static boolean hasAll(Index index, int[] targets) {
        for (Index.IndexColumn column : index.columns()) {
            if (column.columnNumber() == 0 || !TableParts.contains(targets, column.columnNumber())) {
                return false;
            }
        }
        return true;
    }

    private static void requireComparable(Table table, int[] columns, Table referenced, int[] targets, String name) {
        for (int i = 0; i < columns.length; i++) {
            Column from = table.column(columns[i]);
            Column to = referenced.column(targets[i]);
            if (!comparable(from.type(), to.type())) {
                throw error(
                        SqlState.DATATYPE_MISMATCH,
                        "foreign key constraint \"" + name + "\" cannot be implemented",
                        "Key columns \"" + from.name() + "\" and \"" + to.name() + "\" are of incompatible types: "
                                + from.type().formatName(from.typeModifier()) + " and "
                                + to.type().formatName(to.typeModifier()) + ".",
                        null);
            }
        }
    }

    /** Whether a value of the one type can be looked up among values of the other without loss. */
    private static boolean comparable(SqlType from, SqlType to) {
        if (from.oid() == to.oid()) {
            return true;
        }
        return switch (to.name()) {
            case "int2", "int4", "int8" -> isInteger(from);
            case "numeric" -> isInteger(from);
            case "text", "varchar" -> from.name().equals("text") || from.name().equals("varchar");
            default -> false;
        };
    }

    private static boolean isInteger(SqlType type) {
        return switch (type.name()) {
            case "int2", "int4", "int8" -> true;
            default -> false;
        };
    }

    private static void requireSettable(Table table, int[] columns, ForeignKey key) {
        for (int number : columns) {
            Column column = table.column(number);
            if (column.generatedStored()) {
                requireAllowed(action(key.onUpdate()), "ON UPDATE", true);
                requireAllowed(action(key.onDelete()), "ON DELETE", false);
            }
        }
    }

    private static void requireAllowed(Action action, String clause, boolean update) {
        boolean sets = action == Action.SET_NULL || action == Action.SET_DEFAULT;
        if (sets || update && action == Action.CASCADE) {
            throw error(
                    SqlState.SYNTAX_ERROR,
                    "invalid " + clause + " action for foreign key constraint containing generated column");
        }
    }

    private static @Nullable List<Integer> setColumns(Table table, int[] columns, ForeignKey key) {
        if (key.onDeleteColumns().isEmpty()) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        for (int number : columns(table, key.onDeleteColumns())) {
            if (!TableParts.contains(columns, number)) {
                throw error(
                        SqlState.INVALID_COLUMN_REFERENCE,
                        "column \"" + table.column(number).name()
                                + "\" referenced in ON DELETE SET action must be part of foreign key");
            }
            numbers.add(number);
        }
        return List.copyOf(numbers);
    }

    private static Action action(dev.boreal.queryprocessor.syntax.tree.Constraint.Action written) {
        return switch (written) {
            case NO_ACTION -> Action.NO_ACTION;
            case RESTRICT -> Action.RESTRICT;
            case CASCADE -> Action.CASCADE;
            case SET_NULL -> Action.SET_NULL;
            case SET_DEFAULT -> Action.SET_DEFAULT;
        };
    }
}
