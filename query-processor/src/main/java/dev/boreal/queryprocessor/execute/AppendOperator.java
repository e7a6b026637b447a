package dev.boreal.queryprocessor.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of several inputs, one input after another. */
public final class AppendOperator implements Operator {
    private final List<Operator> inputs;

    public AppendOperator(List<Operator> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    @Override
    public Cursor open(Execution execution) {
        return new Cursor() {
            private int opened;
            private @Nullable Cursor source;

            @Override
            public @Nullable Object @Nullable [] next() {
                while (true) {
                    Cursor current = source;
                    if (current != null) {
                        @Nullable Object[] row = current.next();
                        if (row != null) {
                            return row;
                        }
                        close();
                    }
                    if (opened == inputs.size()) {
                        return null;
                    }
                    source = execution.open(inputs.get(opened++));
                }
            }

            @Override
            public void close() {
                Cursor current = source;
                source = null;
                if (current != null) {
                    current.close();
                }
            }
        };
    }

    @Override
    public List<Operator> inputs() {
        return inputs;
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Append");
    }
}
