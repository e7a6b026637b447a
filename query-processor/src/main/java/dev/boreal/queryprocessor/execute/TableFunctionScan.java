package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.TableFunction;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Set-returning functions in FROM, several side by side as in ROWS FROM: the shorter ones are filled up with NULLs. With
 * ordinality, a last column counts the rows from 1 as a bigint.
 */
public final class TableFunctionScan implements Operator {
    private final List<Call> calls;
    private final boolean ordinality;
    private final int width;

    /**
     * A call of one function.
     *
     * @param strict whether a NULL among the arguments means no rows
     * @param columns how many columns its rows have
     */
    public record Call(TableFunction function, boolean strict, Scalar[] arguments, int columns) {
        public Call {
            arguments = arguments.clone();
        }

        Iterator<@Nullable Object[]> rows(@Nullable Object[] row, Execution execution) {
            @Nullable Object[] values = Rows.evaluate(arguments, row, execution);
            return strict && Rows.hasNull(values)
                    ? Collections.emptyIterator()
                    : function.rows(execution.context(), values);
        }
    }

    /** @param calls their arguments read no row of this operator */
    public TableFunctionScan(List<Call> calls, boolean ordinality) {
        this.calls = List.copyOf(calls);
        this.ordinality = ordinality;
        int columns = ordinality ? 1 : 0;
        for (Call call : calls) {
            columns += call.columns();
        }
        width = columns;
    }

    @Override
    public Cursor open(Execution execution) {
        return new FunctionCursor(execution);
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Function Scan");
    }

    private final class FunctionCursor implements Cursor {
        private final Execution execution;
        private final FunctionRows[] functions = new FunctionRows[calls.size()];
        private long ordinal;

        FunctionCursor(Execution execution) {
            this.execution = execution;
            int offset = 0;
            for (int i = 0; i < functions.length; i++) {
                Call call = calls.get(i);
                functions[i] = new FunctionRows(call, offset, KeyBounds.NO_ROW, execution);
                offset += call.columns();
            }
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            if (!FunctionRows.anyHasNext(functions)) {
                return null;
            }
            if ((++ordinal & 0xfff) == 0) {
                execution.checkCancelled();
            }
            @Nullable Object[] row = new Object[width];
            for (FunctionRows function : functions) {
                function.next(row);
            }
            if (ordinality) {
                row[width - 1] = ordinal;
            }
            return row;
        }

        @Override
        public void close() {}
    }
}
