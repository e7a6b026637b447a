package dev.boreal.queryprocessor.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads its input to the end before it gives the first row, so that the input is done before anybody acts on its rows. */
public final class MaterializeOperator implements Operator {
    private final Operator input;

    public MaterializeOperator(Operator input) {
        this.input = input;
    }

    @Override
    public Cursor open(Execution execution) {
        return new Cursor() {
            private @Nullable RowBuffer rows;
            private int position;

            @Override
            public @Nullable Object @Nullable [] next() {
                RowBuffer buffer = rows;
                if (buffer == null) {
                    buffer = RowBuffer.of(input, execution);
                    rows = buffer;
                }
                return position < buffer.size() ? buffer.get(position++) : null;
            }

            @Override
            public void close() {
                if (rows != null) {
                    rows.close();
                }
            }
        };
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Materialize");
    }
}
