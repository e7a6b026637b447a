package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes each row's columns from its input's. */
public final class ProjectOperator implements Operator {
    private final Operator input;
    private final Scalar[] expressions;

    public ProjectOperator(Operator input, Scalar[] expressions) {
        this.input = input;
        this.expressions = expressions.clone();
    }

    @Override
    public Cursor open(Execution execution) {
        Cursor source = execution.open(input);
        return new Cursor() {
            @Override
            public @Nullable Object @Nullable [] next() {
                @Nullable Object[] row = source.next();
                return row == null ? null : Rows.evaluate(expressions, row, execution);
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
        explanation.node("Project");
    }
}
