package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.expression.Scalar;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** SET: one expression per field of the table, null where the field stays. */
final class Assignments {
    private Assignments() {}

    /** The row after the assignments, whose expressions read {@code scope}. */
    static @Nullable Object[] apply(
            @Nullable Object[] row, @Nullable Object[] scope, @Nullable Scalar[] assignments, Execution execution) {
        @Nullable Object[] changed = row.clone();
        for (int field = 0; field < assignments.length; field++) {
            Scalar assignment = assignments[field];
            if (assignment != null) {
                changed[field] = assignment.evaluate(scope, execution);
            }
        }
        return changed;
    }

    static int[] fields(@Nullable Scalar[] assignments) {
        return IntStream.range(0, assignments.length)
                .filter(field -> assignments[field] != null)
                .toArray();
    }
}
