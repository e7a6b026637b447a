package dev.boreal.queryprocessor.execute;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of one partition in order, with where each group of peers starts. Filled anew for each partition. */
final class WindowPartition implements AutoCloseable {
    private final SortKey[] order;
    private final RowBuffer rows;
    private final RowBuffer orderValues;
    /** For each row the number of its peer group. */
    private int[] groups = new int[16];
    /** For each peer group its first row. */
    private int[] starts = new int[16];

    private int groupCount;

    WindowPartition(SortKey[] order, Execution execution) {
        this.order = order;
        rows = new RowBuffer(execution);
        orderValues = new RowBuffer(execution);
    }

    void clear() {
        rows.clear();
        orderValues.clear();
        groupCount = 0;
    }

    void add(@Nullable Object[] row, Execution execution) {
        int index = rows.size();
        @Nullable Object[] values = SortKey.values(order, row, execution, 0);
        boolean peer = index > 0 && SortKey.compare(order, orderValues.get(index - 1), values) == 0;
        if (!peer) {
            if (groupCount == starts.length) {
                starts = Arrays.copyOf(starts, 2 * groupCount);
            }
            starts[groupCount++] = index;
        }
        if (index == groups.length) {
            groups = Arrays.copyOf(groups, 2 * index);
        }
        groups[index] = groupCount - 1;
        rows.add(row);
        orderValues.add(peer ? orderValues.get(index - 1) : values);
    }

    int size() {
        return rows.size();
    }

    @Nullable Object[] row(int index) {
        return rows.get(index);
    }

    /** The first sort key's value. */
    @Nullable Object orderValue(int index) {
        return orderValues.get(index)[0];
    }

    int group(int row) {
        return groups[row];
    }

    int groupCount() {
        return groupCount;
    }

    int groupStart(int group) {
        return starts[group];
    }

    /** The row behind a group's last. */
    int groupEnd(int group) {
        return group + 1 < groupCount ? starts[group + 1] : rows.size();
    }

    @Override
    public void close() {
        rows.close();
        orderValues.close();
    }
}
