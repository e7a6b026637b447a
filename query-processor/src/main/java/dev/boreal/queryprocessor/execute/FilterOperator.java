package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes the rows for which a condition is true. */
public final class FilterOperator implements Operator {
    private final Operator input;
    private final Scalar condition;
    private final String text;

    public FilterOperator(Operator input, Scalar condition, String text) {
        this.input = input;
        this.condition = condition;
        this.text = text;
    }

    @Override
    public Cursor open(Execution execution) {
        Cursor source = execution.open(input);
        return new Cursor() {
            @Override
            public @Nullable Object @Nullable [] next() {
                for (int passed = 0; ; passed++) {
                    @Nullable Object[] row = source.next();
                    if (row == null || condition.isTrue(row, execution)) {
                        return row;
                    }
                    if ((passed & 0xfff) == 0xfff) {
                        execution.checkCancelled();
                    }
                }
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Filter");
        explanation.property("Filter", text);
    }
}
