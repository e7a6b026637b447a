package dev.boreal.queryprocessor.expression;

import dev.boreal.queryprocessor.execute.Execution;
import org.jspecify.annotations.Nullable;

/** CASE: the result of the first condition that is true. */
public final class Conditional implements Scalar {
    private final Scalar[] conditions;
    private final Scalar[] results;
    private final Scalar otherwise;

    public Conditional(Scalar[] conditions, Scalar[] results, Scalar otherwise) {
        this.conditions = conditions.clone();
        this.results = results.clone();
        this.otherwise = otherwise;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] row, Execution execution) {
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].isTrue(row, execution)) {
                return results[i].evaluate(row, execution);
            }
        }
        return otherwise.evaluate(row, execution);
    }
}
