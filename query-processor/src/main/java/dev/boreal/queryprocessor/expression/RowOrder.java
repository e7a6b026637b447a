package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import org.jspecify.annotations.Nullable;

/** {@code (a, b) < (c, d)} and its kin: the first pair that differs decides. */
public record RowOrder(Scalar[] strictlyOrdered, Scalar[] equal, boolean orEqual) implements Scalar {
    public RowOrder {
        strictlyOrdered = strictlyOrdered.clone();
        equal = equal.clone();
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        for (int i = 0; i < equal.length; i++) {
            Object same = equal[i].evaluate(row, execution);
            if (same == null) {
                return null;
            }
            if (same.equals(false)) {
                return strictlyOrdered[i].evaluate(row, execution);
            }
        }
        return orEqual;
    }
}
