package dev.boreal.queryprocessor.execute;

import org.jspecify.annotations.Nullable;

/**
 * A node of an executable plan. Immutable and thread-safe; everything that changes is in the {@link Execution} and in
 * the cursors. A row is an {@code Object[]} of the operator's columns in the Java classes that
 * {@link dev.boreal.queryprocessor.type.SqlType} lists; whoever receives a row may keep it and must not change it.
 */
public interface Operator {

    /** Starts it. The caller closes the cursor, also after an exception. */
    Cursor open(Execution execution);

    /** The operators below, for EXPLAIN, in order. */
    java.util.List<Operator> inputs();

    /** One line for EXPLAIN: {@code Index Scan using t_pkey on t}, and details below it. */
    void explain(Explanation explanation);

    /** Rows, pulled one after another by one thread. */
    interface Cursor extends AutoCloseable {
        /** The next row, or null at the end; after the end it stays null. */
        @Nullable Object @Nullable [] next();

        @Override
        void close();
    }
}
