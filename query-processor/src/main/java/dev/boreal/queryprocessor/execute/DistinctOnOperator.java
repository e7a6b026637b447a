package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT DISTINCT ON: the first row of each run with equal keys. */
public final class DistinctOnOperator implements Operator {
    private final Operator input;
    private final Scalar[] keys;
    private final SqlType[] types;

    /**
     * @param sortedInput gives rows with equal keys one after another
     * @param types of the keys
     */
    public DistinctOnOperator(Operator sortedInput, Scalar[] keys, SqlType[] types) {
        this.input = sortedInput;
        this.keys = keys.clone();
        this.types = types.clone();
    }

    @Override
    public Cursor open(Execution execution) {
        Cursor source = execution.open(input);
        return new Cursor() {
            private @Nullable Object @Nullable [] last;
            private int passed;

            @Override
            public @Nullable Object @Nullable [] next() {
                while (true) {
                    @Nullable Object[] row = source.next();
                    if (row == null) {
                        return null;
                    }
                    @Nullable Object[] values = Rows.evaluate(keys, row, execution);
                    if (last == null || !equal(last, values)) {
                        last = values;
                        return row;
                    }
                    if ((++passed & 0xfff) == 0) {
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

    private boolean equal(@Nullable Object[] a, @Nullable Object[] b) {
        for (int i = 0; i < types.length; i++) {
            if (!KeyTable.equal(types[i], a[i], b[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Unique");
    }
}
