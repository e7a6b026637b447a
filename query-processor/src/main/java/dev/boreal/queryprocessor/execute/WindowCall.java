package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.WindowFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function called OVER a window: either a window function or an aggregate, which sees the rows of the frame.
 *
 * @param strict for an aggregate: whether rows with a NULL among the arguments are left out
 * @param arguments over the input's rows
 * @param filter for an aggregate: which rows to take; null takes all
 * @param text the call as EXPLAIN prints it
 */
public record WindowCall(
        @Nullable WindowFunction function,
        @Nullable AggregateFunction aggregate,
        boolean strict,
        Scalar[] arguments,
        @Nullable Scalar filter,
        WindowFrame frame,
        String text) {
    public WindowCall {
        if ((function == null) == (aggregate == null)) {
            throw new IllegalArgumentException("either a window function or an aggregate");
        }
        arguments = arguments.clone();
    }

    public static WindowCall function(WindowFunction function, Scalar[] arguments, WindowFrame frame, String text) {
        return new WindowCall(function, null, false, arguments, null, frame, text);
    }

    public static WindowCall aggregate(
            AggregateFunction aggregate,
            boolean strict,
            Scalar[] arguments,
            @Nullable Scalar filter,
            WindowFrame frame,
            String text) {
        return new WindowCall(null, aggregate, strict, arguments, filter, frame, text);
    }
}
