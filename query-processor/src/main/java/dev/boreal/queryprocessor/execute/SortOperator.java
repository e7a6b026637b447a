package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts rows in order, equal ones in the order they came; on disk where they do not fit into memory. */
public final class SortOperator implements Operator {
    private final Operator input;
    private final SortKey[] keys;
    private final @Nullable Scalar limit;
    private final SqlType[] columnTypes;

    /**
     * @param limit how many rows are wanted, OFFSET included: an integer of any width that reads no row; absent, NULL or
     *     negative: all
     * @param columnTypes of all the input's columns
     */
    public SortOperator(Operator input, List<SortKey> keys, @Nullable Scalar limit, SqlType[] columnTypes) {
        this.input = input;
        this.keys = SortKey.array(keys);
        this.limit = limit;
        this.columnTypes = columnTypes.clone();
    }

    @Override
    public Cursor open(Execution execution) {
        long wanted = LimitOperator.count(limit, Long.MAX_VALUE, execution);
        return wanted == 0 ? EmptyCursor.INSTANCE : new SortCursor(execution, wanted < 0 ? Long.MAX_VALUE : wanted);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Sort");
    }

    private final class SortCursor implements Cursor {
        private final Execution execution;
        private final Cursor source;
        private final EntrySorter sorter;
        private final boolean top;
        private boolean sorted;

        SortCursor(Execution execution, long wanted) {
            this.execution = execution;
            top = wanted != Long.MAX_VALUE;
            sorter = new EntrySorter(keys, columnTypes, wanted, execution);
            source = execution.open(input);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (!sorted) {
                sort();
                sorted = true;
            }
            return sorter.next();
        }

        private void sort() {
            int passed = 0;
            for (@Nullable Object[] row = source.next(); row != null; row = source.next()) {
                sorter.add(row);
                if ((++passed & 0xfff) == 0) {
                    execution.checkCancelled();
                }
            }
            sorter.finish();
            execution.sorted(
                    SortOperator.this,
                    sorter.spilled() ? "external merge" : top ? "top-N heapsort" : "quicksort",
                    sorter.spilled(),
                    sorter.heldBytes());
        }

        @Override
        public void close() {
            try {
                sorter.close();
            } finally {
                source.close();
            }
        }
    }
}
