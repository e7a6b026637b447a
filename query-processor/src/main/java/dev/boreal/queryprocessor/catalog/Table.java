package dev.boreal.queryprocessor.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table.
 *
 * <p>Its rows lie under keys {@code storageId (4 bytes, big-endian) | row key}, where the row key is the primary key's
 * columns in key encoding (see {@link Index}), or, without a primary key, a row id of 12 bytes: the inserting transaction and a count.
 * TRUNCATE and rewrites give the table a new storage id and purge the old one.
 *
 * @param indexes the primary key's first if there is one
 * @param statistics what ANALYZE found, or null before it ever ran
 */
public record Table(
        int oid,
        String name,
        int schemaOid,
        int ownerOid,
        int storageId,
        List<Column> columns,
        List<Index> indexes,
        List<Constraint> constraints,
        @Nullable Statistics statistics,
        @Nullable String comment)
        implements Relation {
    public Table {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        constraints = List.copyOf(constraints);
    }

    /** The primary key's index, which is the table itself, or null. */
    public @Nullable Index primaryKey() {
        return !indexes.isEmpty() && indexes.getFirst().primary() ? indexes.getFirst() : null;
    }

    public @Nullable Column findColumn(String columnName) {
        for (Column column : columns) {
            if (!column.dropped() && column.name().equals(columnName)) {
                return column;
            }
        }
        return null;
    }

    /** The column of an attribute number, dropped or not. */
    public Column column(int number) {
        return columns.get(number - 1);
    }

    public @Nullable Index findIndex(int indexOid) {
        for (Index index : indexes) {
            if (index.oid() == indexOid) {
                return index;
            }
        }
        return null;
    }

    public @Nullable Constraint findConstraint(String constraintName) {
        for (Constraint constraint : constraints) {
            if (constraint.name().equals(constraintName)) {
                return constraint;
            }
        }
        return null;
    }

    /** PRIMARY KEY or UNIQUE that an index keeps, or null. */
    public Constraint.@Nullable Unique constraintOfIndex(int indexOid) {
        for (Constraint constraint : constraints) {
            if (constraint instanceof Constraint.Unique unique && unique.indexOid() == indexOid) {
                return unique;
            }
        }
        return null;
    }

    public Table withName(String newName) {
        return new Table(
                oid, newName, schemaOid, ownerOid, storageId, columns, indexes, constraints, statistics, comment);
    }

    public Table withSchema(int newSchemaOid) {
        return new Table(
                oid, name, newSchemaOid, ownerOid, storageId, columns, indexes, constraints, statistics, comment);
    }

    public Table withOwner(int newOwnerOid) {
        return new Table(
                oid, name, schemaOid, newOwnerOid, storageId, columns, indexes, constraints, statistics, comment);
    }

    public Table withColumns(List<Column> newColumns) {
        return new Table(
                oid, name, schemaOid, ownerOid, storageId, newColumns, indexes, constraints, statistics, comment);
    }

    public Table withIndexes(List<Index> newIndexes) {
        return new Table(
                oid, name, schemaOid, ownerOid, storageId, columns, newIndexes, constraints, statistics, comment);
    }

    public Table withConstraints(List<Constraint> newConstraints) {
        return new Table(
                oid, name, schemaOid, ownerOid, storageId, columns, indexes, newConstraints, statistics, comment);
    }

    /** Elsewhere: the primary key's index must have the new storage id too. */
    public Table withStorage(int newStorageId, List<Index> newIndexes) {
        return new Table(
                oid, name, schemaOid, ownerOid, newStorageId, columns, newIndexes, constraints, statistics, comment);
    }

    public Table withStatistics(@Nullable Statistics newStatistics) {
        return new Table(
                oid, name, schemaOid, ownerOid, storageId, columns, indexes, constraints, newStatistics, comment);
    }

    public Table withComment(@Nullable String newComment) {
        return new Table(
                oid, name, schemaOid, ownerOid, storageId, columns, indexes, constraints, statistics, newComment);
    }
}
