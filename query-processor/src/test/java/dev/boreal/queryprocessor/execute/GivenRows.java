package dev.boreal.queryprocessor.execute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An operator with rows from a list, which knows how many of its cursors are open and how many rows it gave. */
final class GivenRows implements Operator {
    private final List<@Nullable Object[]> rows;
    private int open;
    private int opened;
    private int given;

    GivenRows(List<@Nullable Object[]> rows) {
        this.rows = rows;
    }

    static GivenRows of(@Nullable Object[]... rows) {
        return new GivenRows(Arrays.asList(rows));
    }

    /** Rows of: a small int or NULL, a short text or NULL, and a bigint that counts them. */
    static GivenRows random(Random random, int count) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object number = random.nextInt(5) == 0 ? null : (Integer) random.nextInt(6);
            Object text = random.nextInt(5) == 0 ? null : String.valueOf((char) ('a' + random.nextInt(3)));
            rows.add(new Object[] {number, text, (long) i});
        }
        return new GivenRows(rows);
    }

    List<@Nullable Object[]> rows() {
        return rows;
    }

    int open() {
        return open;
    }

    int opened() {
        return opened;
    }

    int given() {
        return given;
    }

    @Override
    public Cursor open(Execution execution) {
        open++;
        opened++;
        return new Cursor() {
            private int next;
            private boolean closed;

            @Override
            public @Nullable Object @Nullable [] next() {
                if (closed) {
                    throw new IllegalStateException("read after close");
                }
                if (next == rows.size()) {
                    return null;
                }
                given++;
                return rows.get(next++);
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    open--;
                }
            }
        };
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }

    @Override
    public void explain(Explanation explanation) {
        explanation.node("Given Rows on t");
    }
}
