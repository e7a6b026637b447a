package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import org.jspecify.annotations.Nullable;

/** A column of the row that an enclosing query is at. */
public record OuterValue(int slot, int index) implements Scalar {
    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        return execution.outerRow(slot)[index];
    }
}
