package dev.boreal.queryprocessor.execute;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows held in memory, in the order they came. Closed by whoever made it, to give their bytes back. */
final class RowBuffer implements AutoCloseable {
    private static final @Nullable Object[][] NONE = new Object[0][];

    private final Workspace workspace;
    private @Nullable Object[][] rows = NONE;
    private int size;
    private long bytes;

    RowBuffer(Execution execution) {
        workspace = execution.workspace();
    }

    int size() {
        return size;
    }

    @Nullable Object[] get(int index) {
        return rows[index];
    }

    void add(@Nullable Object[] row) {
        long more = RowSize.of(row) + Integer.BYTES;
        workspace.take(more);
        bytes += more;
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, Math.max(16, size * 2));
        }
        rows[size++] = row;
    }

    /** Reads an operator to its end. */
    static RowBuffer of(Operator operator, Execution execution) {
        try (Operator.Cursor cursor = execution.open(operator)) {
            return of(cursor, execution);
        }
    }

    /** Reads a cursor to its end; the caller closes it. */
    static RowBuffer of(Operator.Cursor cursor, Execution execution) {
        RowBuffer buffer = new RowBuffer(execution);
        for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
            buffer.add(row);
            if ((buffer.size & 0xfff) == 0) {
                execution.checkCancelled();
            }
        }
        return buffer;
    }

    void clear() {
        workspace.give(bytes);
        bytes = 0;
        rows = NONE;
        size = 0;
    }

    @Override
    public void close() {
        clear();
    }
}
