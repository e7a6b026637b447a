package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.Column;
import dev.boreal.queryprocessor.catalog.Constraint;
import dev.boreal.queryprocessor.catalog.Index;
import dev.boreal.queryprocessor.catalog.Table;
import java.util.ArrayList;
import java.util.List;

/** A table with one part more, less or changed. Pure. */
final class TableParts {
    private TableParts() {}

    static Table with(Table table, Column column) {
        List<Column> columns = new ArrayList<>(table.columns());
        if (column.number() > columns.size()) {
            columns.add(column);
        } else {
            columns.set(column.field(), column);
        }
        return table.withColumns(columns);
    }

    /** Adds an index, the primary key's as the first, or replaces the one of its oid. */
    static Table with(Table table, Index index) {
        List<Index> indexes = new ArrayList<>(table.indexes());
        int at = 0;
        while (at < indexes.size() && indexes.get(at).oid() != index.oid()) {
            at++;
        }
        if (at < indexes.size()) {
            indexes.remove(at);
        }
        indexes.add(index.primary() ? 0 : Math.min(at, indexes.size()), index);
        return table.withIndexes(indexes);
    }

    static Table with(Table table, Constraint constraint) {
        List<Constraint> constraints = new ArrayList<>(table.constraints());
        int at = 0;
        while (at < constraints.size() && constraints.get(at).oid() != constraint.oid()) {
            at++;
        }
        if (at < constraints.size()) {
            constraints.set(at, constraint);
        } else {
            constraints.add(constraint);
        }
        return table.withConstraints(constraints);
    }

    static Table withoutIndex(Table table, int oid) {
        List<Index> indexes = new ArrayList<>(table.indexes());
        indexes.removeIf(index -> index.oid() == oid);
        return table.withIndexes(indexes);
    }

    static Table withoutConstraint(Table table, int oid) {
        List<Constraint> constraints = new ArrayList<>(table.constraints());
        constraints.removeIf(constraint -> constraint.oid() == oid);
        return table.withConstraints(constraints);
    }

    /** The same table with nothing in it: every storage id is a new one, state and name stay. */
    static Table elsewhere(Definition definition, Table table) {
        int storageId = definition.newStorageId();
        List<Index> indexes = new ArrayList<>();
        for (Index index : table.indexes()) {
            indexes.add(index.withStorage(index.primary() ? storageId : definition.newStorageId()));
        }
        return table.withStorage(storageId, indexes);
    }

    static boolean uses(Index index, int columnNumber) {
        for (Index.IndexColumn column : index.columns()) {
            if (column.columnNumber() == columnNumber) {
                return true;
            }
        }
        return contains(index.includedColumns(), columnNumber);
    }

    static boolean contains(int[] numbers, int number) {
        for (int candidate : numbers) {
            if (candidate == number) {
                return true;
            }
        }
        return false;
    }
}
