package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Set-returning functions in a select list: for each input row as many rows as the longest of them has, the shorter ones
 * filled up with NULLs; none if all are empty.
 */
public final class ProjectSetOperator implements Operator {
    private final Operator input;
    private final Item[] items;
    private final int width;

    /** What gives one or several columns of the output. */
    public sealed interface Item {}

    /** A column computed once per output row. */
    public record Value(Scalar expression) implements Item {}

    /** All columns of a set-returning function, whose arguments read the input's row. */
    public record Set(TableFunctionScan.Call call) implements Item {}

    public ProjectSetOperator(Operator input, List<Item> items) {
        this.input = input;
        this.items = items.toArray(Item[]::new);
        int columns = 0;
        for (Item item : items) {
            columns += item instanceof Set set ? set.call.columns() : 1;
        }
        width = columns;
    }

    @Override
    public Cursor open(Execution execution) {
        return new SetCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("ProjectSet");
    }

    private final class SetCursor implements Cursor {
        private final Execution execution;
        private final Cursor source;
        private final @Nullable FunctionRows[] functions = new FunctionRows[items.length];
        private @Nullable Object @Nullable [] inputRow;
        private int passed;

        SetCursor(Execution execution) {
            this.execution = execution;
            source = execution.open(input);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (inputRow == null || !FunctionRows.anyHasNext(functions)) {
                inputRow = source.next();
                if (inputRow == null) {
                    return null;
                }
                start(inputRow);
            }
            if ((++passed & 0xfff) == 0) {
                execution.checkCancelled();
            }
            return output(inputRow);
        }

        private void start(@Nullable Object[] row) {
            int offset = 0;
            for (int i = 0; i < items.length; i++) {
                if (items[i] instanceof Set set) {
                    functions[i] = new FunctionRows(set.call, offset, row, execution);
                    offset += set.call.columns();
                } else {
                    offset++;
                }
            }
        }

        private @Nullable Object[] output(@Nullable Object[] row) {
            @Nullable Object[] output = new Object[width];
            int offset = 0;
            for (int i = 0; i < items.length; i++) {
                switch (items[i]) {
                    case Value value -> output[offset++] = value.expression.evaluate(row, execution);
                    case Set set -> {
                        FunctionRows function = functions[i];
                        if (function != null) {
                            function.next(output);
                        }
                        offset += set.call.columns();
                    }
                }
            }
            return output;
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
