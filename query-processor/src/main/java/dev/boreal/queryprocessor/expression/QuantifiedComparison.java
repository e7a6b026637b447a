package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import dev.boreal.queryprocessor.function.ScalarFunction;
import dev.boreal.queryprocessor.type.SqlArray;
import org.jspecify.annotations.Nullable;

/** {@code left op ANY (array)} or ALL. */
public record QuantifiedComparison(Scalar left, Scalar array, ScalarFunction operator, boolean strict, boolean any)
        implements Scalar {
    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        Object elements = array.evaluate(row, execution);
        if (elements == null) {
            return null;
        }
        Object value = left.evaluate(row, execution);
        @Nullable Object[] list = ((SqlArray) elements).elements();
        if (list.length == 0) {
            return !any;
        }
        if (value == null && strict) {
            return null;
        }
        boolean unknown = false;
        @Nullable Object[] arguments = new Object[2];
        for (Object element : list) {
            if (element == null && strict) {
                unknown = true;
                continue;
            }
            arguments[0] = value;
            arguments[1] = element;
            Object result = operator.apply(execution.context(), arguments);
            if (result == null) {
                unknown = true;
            } else if (result.equals(any)) {
                return any;
            }
        }
        return unknown ? null : (Object) !any;
    }
}
