package dev.boreal.queryprocessor.function;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a set-returning function. Immutable and thread-safe. */
@FunctionalInterface
public interface TableFunction {

    /** Rows of the signature's output columns, produced as they are pulled. */
    Iterator<@Nullable Object[]> rows(EvaluationContext context, @Nullable Object[] arguments);

    /** Of a function that returns record: the body whose rows have the columns that the call declares. */
    default TableFunction withColumns(List<DeclaredColumn> columns) {
        return this;
    }
}
