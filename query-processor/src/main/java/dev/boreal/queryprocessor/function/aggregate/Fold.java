package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.Arguments;
import dev.boreal.queryprocessor.function.EvaluationContext;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Combines values by an associative operation. */
final class Fold implements AggregateFunction.State {
    private final BinaryOperator<Object> operation;
    private @Nullable Object value;

    Fold(BinaryOperator<Object> operation) {
        this.operation = operation;
    }

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        Object next = Arguments.any(arguments, 0);
        Object before = value;
        value = before == null ? next : operation.apply(before, next);
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        return value;
    }
}
