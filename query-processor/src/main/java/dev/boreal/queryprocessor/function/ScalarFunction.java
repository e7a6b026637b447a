package dev.boreal.queryprocessor.function;

import org.jspecify.annotations.Nullable;

/** The body of a function, operator or cast. Immutable and thread-safe. */
@FunctionalInterface
public interface ScalarFunction {

    /** Arguments have the signature's types exactly. A strict function is never called with a null among them. */
    @Nullable Object apply(EvaluationContext context, @Nullable Object[] arguments);
}
