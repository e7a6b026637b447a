package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.catalog.SystemTable;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table of pg_catalog or information_schema, whose rows are computed. */
public final class SystemTableScan implements Operator {
    private final SystemTable table;
    private final int[] fields;

    public SystemTableScan(SystemTable table, int[] fields) {
        this.table = table;
        this.fields = fields.clone();
    }

    @Override
    public Cursor open(Execution execution) {
        Iterator<@Nullable Object[]> rows = table.rows().apply(execution.context());
        return new Cursor() {
            @Override
            public @Nullable Object @Nullable [] next() {
                if (!rows.hasNext()) {
                    return null;
                }
                @Nullable Object[] whole = rows.next();
                @Nullable Object[] row = new Object[fields.length];
                for (int i = 0; i < fields.length; i++) {
                    row[i] = whole[fields[i]];
                }
                return row;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("System Scan on " + table.name());
    }
}
