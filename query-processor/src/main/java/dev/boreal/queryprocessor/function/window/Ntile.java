package dev.boreal.queryprocessor.function.window;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.function.WindowFunction;
import org.jspecify.annotations.Nullable;

/** Buckets of nearly equal size, the larger ones first. How many is read at the partition's first row. */
final class Ntile implements WindowFunction.State {
    private int buckets;

    @Override
    public @Nullable Object value(EvaluationContext context, WindowFunction.Window window) {
        if (buckets == 0) {
            Object written = window.argument(window.currentRow(), 0);
            if (written == null) {
                return null;
            }
            buckets = (Integer) written;
            if (buckets <= 0) {
                buckets = 0;
                throw new SqlException("22014", "argument of ntile must be greater than zero");
            }
        }
        int size = window.size() / buckets;
        int larger = window.size() % buckets;
        int row = window.currentRow();
        int inLarger = larger * (size + 1);
        return row < inLarger ? row / (size + 1) + 1 : larger + (row - inLarger) / Math.max(size, 1) + 1;
    }
}
