package dev.boreal.queryprocessor.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table.
 *
 * <p>Its rows lie under keys {@code storageId (4 bytes, big-endian) | row key}, where the row key is the primary key's
 * columns in key encoding (see {@link Index}), or, without a primary key, a row id of 10 bytes that rises with time.
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
}
