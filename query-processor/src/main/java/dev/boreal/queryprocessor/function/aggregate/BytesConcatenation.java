package dev.boreal.queryprocessor.function.aggregate;

import dev.boreal.queryprocessor.function.AggregateFunction;
import dev.boreal.queryprocessor.function.EvaluationContext;
import dev.boreal.queryprocessor.type.ByteWriter;
import org.jspecify.annotations.Nullable;

/** string_agg of bytea. */
final class BytesConcatenation implements AggregateFunction.State {
    private final ByteWriter bytes = new ByteWriter(64);
    private boolean any;

    @Override
    public void add(EvaluationContext context, @Nullable Object[] arguments) {
        if (arguments[0] instanceof byte[] value) {
            if (any && arguments[1] instanceof byte[] delimiter) {
                bytes.writeBytes(delimiter);
            }
            any = true;
            bytes.writeBytes(value);
        }
    }

    @Override
    public @Nullable Object result(EvaluationContext context) {
        return any ? bytes.toByteArray() : null;
    }

    @Override
    public boolean collects() {
        return true;
    }
}
