package dev.boreal.queryprocessor.catalog.system;

import dev.boreal.queryprocessor.catalog.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of one system table while they are written, column by column under their names. */
final class Sheet {
    private final Map<String, Integer> fields = new HashMap<>();
    private final @Nullable Object[] blank;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private @Nullable Object[] row;

    Sheet(List<Column> columns) {
        blank = new Object[columns.size()];
        for (Column column : columns) {
            fields.put(column.name(), column.field());
            blank[column.field()] = column.notNull() ? zero(column) : null;
        }
        row = blank;
    }

    /** What stands in a NOT NULL column that nothing is said about. */
    private static @Nullable Object zero(Column column) {
        return switch (column.type().name()) {
            case "bool" -> false;
            case "int8" -> 0L;
            case "float4" -> 0f;
            case "float8" -> 0d;
            case "char", "name", "text", "pg_node_tree" -> "";
            case "int2", "int4", "oid", "xid", "regproc" -> 0;
            default -> null;
        };
    }

    /** Begins the next row. */
    Sheet row() {
        row = blank.clone();
        rows.add(row);
        return this;
    }

    Sheet set(String column, @Nullable Object value) {
        Integer field = fields.get(column);
        if (field == null) {
            throw new IllegalArgumentException("no column " + column + " among " + fields.keySet());
        }
        row[field] = value;
        return this;
    }

    boolean has(String column) {
        return fields.containsKey(column);
    }

    Iterator<@Nullable Object[]> iterator() {
        return rows.iterator();
    }
}
