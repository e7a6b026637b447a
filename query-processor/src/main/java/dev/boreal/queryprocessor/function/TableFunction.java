package dev.boreal.queryprocessor.function;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The body of a set-returning function. Immutable and thread-safe. */
@FunctionalInterface
public interface TableFunction {

    /** Rows of the signature's output columns, produced as they are pulled. */
    Iterator<@Nullable Object[]> rows(EvaluationContext context, @Nullable Object[] arguments);
}
