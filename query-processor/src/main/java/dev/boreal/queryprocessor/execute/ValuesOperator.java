package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows written out in the statement. */
public final class ValuesOperator implements Operator {
    /** One row without columns: what a SELECT without FROM reads. */
    public static final ValuesOperator ONE_ROW = new ValuesOperator(List.<Scalar[]>of(new Scalar[0]));

    private final List<Scalar[]> rows;

    /** @param rows expressions that read no row of this operator */
    public ValuesOperator(List<Scalar[]> rows) {
        this.rows = List.copyOf(rows);
    }

    @Override
    public Cursor open(Execution execution) {
        return new Cursor() {
            private int next;

            @Override
            public @Nullable Object @Nullable [] next() {
                if (next >= rows.size()) {
                    return null;
                }
                return Rows.evaluate(rows.get(next++), KeyBounds.NO_ROW, execution);
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
        explanation.node(rows.size() == 1 ? "Result" : "Values Scan (" + rows.size() + " rows)");
    }
}
