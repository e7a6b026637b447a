package dev.boreal.queryprocessor.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inside the recursive part of a {@link RecursiveUnion}: the rows of the round before. */
public final class WorkingTableScan implements Operator {
    private final int workingSlot;

    public WorkingTableScan(int workingSlot) {
        this.workingSlot = workingSlot;
    }

    @Override
    public Cursor open(Execution execution) {
        if (!(execution.shared(workingSlot) instanceof RowBuffer rows)) {
            throw new IllegalStateException("no working table in slot " + workingSlot);
        }
        return new Cursor() {
            private int position;

            @Override
            public @Nullable Object @Nullable [] next() {
                return position < rows.size() ? rows.get(position++) : null;
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
        explanation.node("WorkTable Scan");
    }
}
