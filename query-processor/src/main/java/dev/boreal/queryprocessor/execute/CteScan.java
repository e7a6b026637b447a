package dev.boreal.queryprocessor.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a WITH query that is run once, as far as somebody reads it, however many scans share its slot. Its rows stay until
 * the {@link Execution} is closed or the {@link WithOperator} that owns the slot is opened again.
 */
public final class CteScan implements Operator {
    private final int sharedSlot;
    private final Operator definition;
    private final String name;

    /** @param definition the same for all scans of the slot */
    public CteScan(int sharedSlot, Operator definition, String name) {
        this.sharedSlot = sharedSlot;
        this.definition = definition;
        this.name = name;
    }

    @Override
    public Cursor open(Execution execution) {
        SharedRows rows = (SharedRows) execution.shared(sharedSlot);
        if (rows == null) {
            rows = new SharedRows(definition, execution);
            execution.setShared(sharedSlot, rows);
            execution.keepOpen(rows);
        }
        return new ScanCursor(rows);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(definition);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("CTE Scan on " + name);
    }

    private static final class ScanCursor implements Cursor {
        private final SharedRows rows;
        private int position;

        ScanCursor(SharedRows rows) {
            this.rows = rows;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            @Nullable Object[] row = rows.row(position);
            if (row != null) {
                position++;
            }
            return row;
        }

        @Override
        public void close() {}
    }
}
