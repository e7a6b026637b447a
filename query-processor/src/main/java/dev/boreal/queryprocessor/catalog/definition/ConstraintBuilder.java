package dev.boreal.queryprocessor.catalog.definition;

import static dev.boreal.queryprocessor.catalog.definition.Definition.error;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import dev.boreal.queryprocessor.syntax.tree.Constraint;
import dev.boreal.queryprocessor.syntax.tree.Constraint.Attributes;
import dev.boreal.queryprocessor.syntax.tree.Constraint.IndexClauses;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds constraints to a table's definition. Whether the rows satisfy them is for the caller to see to. */
final class ConstraintBuilder {
    private final Definition definition;
    private final NameChooser names;

    /** The table with the constraint. */
    record Added(Table table, dev.boreal.queryprocessor.catalog.Constraint constraint) {}

    ConstraintBuilder(Definition definition, NameChooser names) {
        this.definition = definition;
        this.names = names;
    }

    /** @param column the column whose constraint it is, null for a table's constraint */
    Added add(Table table, Constraint constraint, @Nullable String column) {
        return switch (constraint) {
            case Constraint.PrimaryKey key ->
                addKey(
                        table,
                        key.name(),
                        columns(key.columns(), column),
                        true,
                        false,
                        key.index(),
                        key.attributes(),
                        key.position());
            case Constraint.Unique unique ->
                addKey(
                        table,
                        unique.name(),
                        columns(unique.columns(), column),
                        false,
                        unique.nullsNotDistinct(),
                        unique.index(),
                        unique.attributes(),
                        unique.position());
            case Constraint.Check check -> addCheck(table, check);
            case Constraint.ForeignKey key ->
                new ForeignKeyBuilder(definition, names).add(table, key, columns(key.columns(), column));
            case Constraint.Exclusion exclusion -> throw SqlException.notSupported("an exclusion constraint");
            default -> throw new IllegalArgumentException("no constraint of a table: " + constraint);
        };
    }

    private static List<String> columns(List<String> written, @Nullable String column) {
        return written.isEmpty() && column != null ? List.of(column) : written;
    }

    private Added addKey(
            Table table,
            @Nullable String givenName,
            List<String> columnNames,
            boolean primary,
            boolean nullsNotDistinct,
            IndexClauses clauses,
            Attributes attributes,
            int position) {
        if (primary && table.primaryKey() != null) {
            throw error(
                    SqlState.INVALID_TABLE_DEFINITION,
                    "multiple primary keys for table \"" + table.name() + "\" are not allowed",
                    position);
        }
        if (attributes.deferrable()) {
            throw SqlException.notSupported("a deferrable unique constraint");
        }
        if (clauses.existingIndex() != null) {
            return useIndex(table, givenName, clauses.existingIndex(), primary);
        }
        List<Index.IndexColumn> keys = new ArrayList<>();
        Table result = table;
        List<String> seen = new ArrayList<>();
        for (String name : columnNames) {
            Column column = keyColumn(result, name, position);
            if (seen.contains(name)) {
                throw error(
                        SqlState.DUPLICATE_COLUMN,
                        "column \"" + name + "\" appears twice in " + (primary ? "primary key" : "unique")
                                + " constraint",
                        position);
            }
            seen.add(name);
            requireOrdered(column.type());
            keys.add(new Index.IndexColumn(column.number(), null, false, false));
            if (primary && !column.notNull()) {
                result = TableParts.with(result, column.withNotNull(true));
            }
        }
        int[] included = new int[clauses.including().size()];
        for (int i = 0; i < included.length; i++) {
            included[i] =
                    keyColumn(result, clauses.including().get(i), position).number();
        }
        List<String> nameParts = new ArrayList<>(columnNames);
        nameParts.addAll(clauses.including());
        String name = name(result, givenName, primary, nameParts);
        Index index = new Index(
                definition.newOid(),
                name,
                primary ? result.storageId() : definition.newStorageId(),
                primary,
                true,
                nullsNotDistinct,
                keys,
                included,
                null,
                Index.State.READY,
                null);
        dev.boreal.queryprocessor.catalog.Constraint constraint =
                new dev.boreal.queryprocessor.catalog.Constraint.Unique(
                        definition.newOid(), name, index.oid(), primary, false, false);
        return new Added(TableParts.with(TableParts.with(result, index), constraint), constraint);
    }

    private String name(Table table, @Nullable String given, boolean primary, List<String> columns) {
        if (given == null) {
            return primary
                    ? names.constraintIndex(table.name(), null, "pkey")
                    : names.constraintIndex(table.name(), NameChooser.joined(columns), "key");
        }
        requireFreeConstraint(table, given);
        if (given.equals(table.name()) || indexNamed(table, given) != null) {
            throw error(SqlState.DUPLICATE_TABLE, "relation \"" + given + "\" already exists");
        }
        dev.boreal.queryprocessor.catalog.Schema schema = definition.catalog().schema(table.schemaOid());
        if (schema != null) {
            definition.requireFreeName(schema, given);
        }
        names.reserve(given);
        return given;
    }

    private Added useIndex(Table table, @Nullable String givenName, String indexName, boolean primary) {
        Index index = indexNamed(table, indexName);
        if (index == null) {
            throw error(SqlState.UNDEFINED_OBJECT, "index \"" + indexName + "\" does not exist");
        }
        if (table.constraintOfIndex(index.oid()) != null) {
            throw error(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "index \"" + indexName + "\" is already associated with a constraint");
        }
        requireUsable(index);
        String name = givenName == null ? index.name() : givenName;
        if (!name.equals(index.name())) {
            requireFreeConstraint(table, name);
            definition.notice("ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \"" + index.name()
                    + "\" to \"" + name + "\"");
        }
        Table result = table;
        if (primary) {
            for (Index.IndexColumn key : index.columns()) {
                result = TableParts.with(
                        result, result.column(key.columnNumber()).withNotNull(true));
            }
        }
        Index kept = index.withName(name);
        result = TableParts.with(result, primary ? kept.asPrimary(table.storageId()) : kept);
        dev.boreal.queryprocessor.catalog.Constraint constraint =
                new dev.boreal.queryprocessor.catalog.Constraint.Unique(
                        definition.newOid(), name, index.oid(), primary, false, false);
        return new Added(TableParts.with(result, constraint), constraint);
    }

    private static void requireUsable(Index index) {
        String reason = null;
        String detail = null;
        if (!index.unique()) {
            reason = "is not a unique index";
            detail = "Cannot create a primary key or unique constraint using such an index.";
        } else if (index.predicateSql() != null) {
            reason = "is a partial index";
            detail = "Cannot create a primary key or unique constraint using such an index.";
        } else if (index.state() != Index.State.READY) {
            throw error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "index \"" + index.name() + "\" is not valid");
        }
        for (Index.IndexColumn column : index.columns()) {
            if (column.columnNumber() == 0) {
                reason = "contains expressions";
                detail = "Cannot create a primary key or unique constraint using such an index.";
            } else if (column.descending() || column.nullsFirst()) {
                reason = "column number 1 does not have default sorting behavior";
                detail = "Cannot create a primary key or unique constraint using such an index.";
            }
        }
        if (reason != null) {
            throw error(SqlState.WRONG_OBJECT_TYPE, "\"" + index.name() + "\" " + reason, detail, null);
        }
    }

    static @Nullable Index indexNamed(Table table, String name) {
        for (Index index : table.indexes()) {
            if (index.name().equals(name)) {
                return index;
            }
        }
        return null;
    }

    private static Column keyColumn(Table table, String name, int position) {
        Column column = table.findColumn(name);
        if (column == null) {
            throw error(SqlState.UNDEFINED_COLUMN, "column \"" + name + "\" named in key does not exist", position);
        }
        return column;
    }

    static void requireOrdered(SqlType type) {
        if (!type.keyable()) {
            throw error(
                    SqlState.UNDEFINED_OBJECT,
                    "data type " + type.formatName(-1) + " has no default operator class for access method \"btree\"",
                    null,
                    "You must specify an operator class for the index or define a default operator class for the"
                            + " data type.");
        }
    }

    private Added addCheck(Table table, Constraint.Check check) {
        if (check.attributes().deferrable()) {
            throw error(
                    SqlState.FEATURE_NOT_SUPPORTED, "CHECK constraints cannot be marked DEFERRABLE", check.position());
        }
        ExpressionChecker.Checked condition = definition
                .context
                .expressions()
                .check(check.expression(), ExpressionChecker.Purpose.CHECK, table, null);
        String name = check.name();
        if (name == null) {
            int[] used = condition.columns();
            String part = used.length == 1 ? table.column(used[0]).name() : null;
            name = names.constraint(table.name(), part, "check");
        } else {
            requireFreeConstraint(table, name);
        }
        dev.boreal.queryprocessor.catalog.Constraint constraint =
                new dev.boreal.queryprocessor.catalog.Constraint.Check(
                        definition.newOid(),
                        name,
                        condition.sql(),
                        !check.attributes().notValid());
        return new Added(TableParts.with(table, constraint), constraint);
    }

    static void requireFreeConstraint(Table table, String name) {
        if (table.findConstraint(name) != null) {
            throw error(
                    SqlState.DUPLICATE_OBJECT,
                    "constraint \"" + name + "\" for relation \"" + table.name() + "\" already exists");
        }
    }
}
