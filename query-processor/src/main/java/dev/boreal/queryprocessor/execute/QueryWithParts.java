package dev.boreal.queryprocessor.execute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query with data-modifying WITH queries, which run to their end although nobody may read them. All of it is done before
 * the first row is given: the client may stop there.
 */
public final class QueryWithParts implements Operator {
    private final Operator query;
    private final List<Operator> parts;

    /** @param parts all WITH queries that modify, read or not */
    public QueryWithParts(Operator query, List<Operator> parts) {
        this.query = query;
        this.parts = List.copyOf(parts);
    }

    @Override
    public Cursor open(Execution execution) {
        return new Cursor() {
            private @Nullable RowBuffer rows;
            private int next;

            @Override
            public @Nullable Object @Nullable [] next() {
                RowBuffer buffer = rows;
                if (buffer == null) {
                    execution.partBegins();
                    buffer = RowBuffer.of(query, execution);
                    rows = buffer;
                    run(parts, execution);
                    execution.partEnds();
                }
                return next < buffer.size() ? buffer.get(next++) : null;
            }

            @Override
            public void close() {
                if (rows != null) {
                    rows.close();
                }
            }
        };
    }

    /** Runs to their end what may have been read in part, or not at all. */
    static void run(List<Operator> parts, Execution execution) {
        for (Operator part : parts) {
            try (Cursor cursor = execution.open(part)) {
                while (cursor.next() != null) {
                    execution.checkCancelled();
                }
            }
        }
    }

    static List<Operator> together(Operator main, List<Operator> parts) {
        List<Operator> inputs = new ArrayList<>();
        inputs.add(main);
        inputs.addAll(parts);
        return inputs;
    }

    @Override
    public List<Operator> inputs() {
        return together(query, parts);
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("With");
    }
}
