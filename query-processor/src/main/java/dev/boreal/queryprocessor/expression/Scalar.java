package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. Immutable and thread-safe: everything that changes is in the {@link Execution} and the row.
 */
public interface Scalar {

    /** The value for {@code row}; null is SQL NULL. */
    @Nullable Object evaluate(@Nullable Object[] row, Execution execution);

    /** Whether the value is certainly true: what WHERE, HAVING, ON and CHECK (negated) ask. */
    default boolean isTrue(@Nullable Object[] row, Execution execution) {
        return Boolean.TRUE.equals(evaluate(row, execution));
    }
}
