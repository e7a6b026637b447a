package dev.boreal.queryprocessor.execute;

import org.jspecify.annotations.Nullable;

/** Rows of one operator that several cursors read, each at its own pace, pulled only as far as the fastest has come. */
final class SharedRows implements Operator.Cursor {
    private final RowBuffer rows;
    private Operator.@Nullable Cursor source;

    SharedRows(Operator definition, Execution execution) {
        rows = new RowBuffer(execution);
        source = execution.open(definition);
    }

    /** The row at a position, counted from 0, or null behind the last one. */
    @Nullable Object @Nullable [] row(int position) {
        while (position >= rows.size()) {
            @Nullable Object[] row = next();
            if (row == null) {
                return null;
            }
        }
        return rows.get(position);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        Operator.Cursor current = source;
        if (current == null) {
            return null;
        }
        @Nullable Object[] row = current.next();
        if (row == null) {
            source = null;
            current.close();
        } else {
            rows.add(row);
        }
        return row;
    }

    @Override
    public void close() {
        Operator.Cursor current = source;
        source = null;
        if (current != null) {
            current.close();
        }
        rows.close();
    }
}
