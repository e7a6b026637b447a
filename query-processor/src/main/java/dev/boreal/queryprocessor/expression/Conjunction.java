package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import org.jspecify.annotations.Nullable;

/** AND or OR of any number of conditions, in three-valued logic. */
public final class Conjunction implements Scalar {
    private final Scalar[] conditions;
    private final Boolean decisive;

    /** @param and AND, else OR */
    public Conjunction(boolean and, Scalar[] conditions) {
        this.conditions = conditions.clone();
        decisive = !and;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        boolean unknown = false;
        for (Scalar condition : conditions) {
            Object value = condition.evaluate(row, execution);
            if (value == null) {
                unknown = true;
            } else if (value.equals(decisive)) {
                return decisive;
            }
        }
        return unknown ? null : (Object) !decisive;
    }

    @Override
    public boolean isTrue(@Nullable Object[] row, Execution execution) {
        for (Scalar condition : conditions) {
            if (condition.isTrue(row, execution) == decisive) {
                return decisive;
            }
        }
        return !decisive;
    }
}
