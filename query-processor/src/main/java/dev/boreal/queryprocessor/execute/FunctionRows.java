package dev.boreal.queryprocessor.execute;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The rows of one call of a set-returning function, put into their place of wider rows; NULLs after the last one. */
final class FunctionRows {
    private final Iterator<@Nullable Object[]> rows;
    private final int offset;
    private final int columns;

    FunctionRows(TableFunctionScan.Call call, int offset, @Nullable Object[] row, Execution execution) {
        this.offset = offset;
        columns = call.columns();
        rows = call.rows(row, execution);
    }

    static boolean anyHasNext(@Nullable FunctionRows[] functions) {
        for (FunctionRows function : functions) {
            if (function != null && function.rows.hasNext()) {
                return true;
            }
        }
        return false;
    }

    void next(@Nullable Object[] target) {
        if (rows.hasNext()) {
            System.arraycopy(rows.next(), 0, target, offset, columns);
        }
    }
}
