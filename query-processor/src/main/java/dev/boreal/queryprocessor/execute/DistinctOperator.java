package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first of all equal rows, in the order of the input. */
public final class DistinctOperator implements Operator {
    private final Operator input;
    private final SqlType[] types;

    /** @param types of all the input's columns */
    public DistinctOperator(Operator input, SqlType[] types) {
        this.input = input;
        this.types = types.clone();
    }

    @Override
    public Cursor open(Execution execution) {
        Cursor source = execution.open(input);
        return new DistinctCursor(execution, source);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("HashAggregate");
    }

    private final class DistinctCursor implements Cursor {
        private final Execution execution;
        private final Cursor source;
        private final KeyTable seen;

        DistinctCursor(Execution execution, Cursor source) {
            this.execution = execution;
            this.source = source;
            seen = new KeyTable(types, execution);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            for (int passed = 1; ; passed++) {
                @Nullable Object[] row = source.next();
                if (row == null) {
                    return null;
                }
                int before = seen.size();
                if (seen.findOrAdd(row) == before) {
                    return row;
                }
                if ((passed & 0xfff) == 0) {
                    execution.checkCancelled();
                }
            }
        }

        @Override
        public void close() {
            seen.close();
            source.close();
        }
    }
}
