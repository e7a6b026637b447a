package dev.boreal.queryprocessor.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the life of what its input keeps in shared slots: each opening starts with empty ones. To be put on top of every
 * query that is opened more than once per execution and has WITH queries, or cached subqueries, that depend on outer rows.
 */
public final class WithOperator implements Operator {
    private final int[] sharedSlots;
    private final Operator input;

    public WithOperator(int[] sharedSlots, Operator input) {
        this.sharedSlots = sharedSlots.clone();
        this.input = input;
    }

    @Override
    public Cursor open(Execution execution) {
        clear(execution);
        Cursor source = execution.open(input);
        return new Cursor() {
            @Override
            public @Nullable Object @Nullable [] next() {
                return source.next();
            }

            @Override
            public void close() {
                source.close();
                clear(execution);
            }
        };
    }

    private void clear(Execution execution) {
        for (int slot : sharedSlots) {
            if (execution.shared(slot) instanceof Cursor rows) {
                execution.closeEarly(rows);
            }
            execution.setShared(slot, null);
        }
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("With");
    }
}
