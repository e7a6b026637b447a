package dev.boreal.queryprocessor.function;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How to make the body of one call, by the kind of function; one of the four is there. */
record FunctionBody(
        @Nullable Function<CallTypes, ScalarFunction> scalar,
        @Nullable Function<CallTypes, TableFunction> table,
        @Nullable Function<CallTypes, AggregateFunction> aggregate,
        @Nullable Function<CallTypes, WindowFunction> window) {

    static FunctionBody scalar(Function<CallTypes, ScalarFunction> body) {
        return new FunctionBody(body, null, null, null);
    }

    static FunctionBody table(Function<CallTypes, TableFunction> body) {
        return new FunctionBody(null, body, null, null);
    }

    static FunctionBody aggregate(Function<CallTypes, AggregateFunction> body) {
        return new FunctionBody(null, null, body, null);
    }

    static FunctionBody window(Function<CallTypes, WindowFunction> body) {
        return new FunctionBody(null, null, null, body);
    }
}
