package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows found by their keys: the built side of a hash join. Rows of one key are given in the order they came. A row with
 * a NULL in its key is kept but found by no key.
 */
final class HashedRows implements AutoCloseable {
    private static final int NONE = -1;

    private final KeyTable keys;
    private final RowBuffer rows;
    /** For each key its first and its last row. */
    private int[] first = new int[16];

    private int[] last = new int[16];
    /** For each row the next one with the same key. */
    private int[] next = new int[16];

    private int rowsWithNull;

    HashedRows(SqlType[] types, Execution execution) {
        keys = new KeyTable(types, execution);
        rows = new RowBuffer(execution);
    }

    int size() {
        return rows.size();
    }

    @Nullable Object[] row(int index) {
        return rows.get(index);
    }

    /** How many rows have a NULL in their key. */
    int rowsWithNull() {
        return rowsWithNull;
    }

    /** @param key copied */
    void add(@Nullable Object[] row, @Nullable Object[] key) {
        int index = rows.size();
        rows.add(row);
        if (index == next.length) {
            next = Arrays.copyOf(next, 2 * index);
        }
        next[index] = NONE;
        if (Rows.hasNull(key)) {
            rowsWithNull++;
            return;
        }
        int known = keys.size();
        int number = keys.findOrAdd(key);
        if (number < known) {
            next[last[number]] = index;
        } else {
            if (number == first.length) {
                first = Arrays.copyOf(first, 2 * number);
                last = Arrays.copyOf(last, 2 * number);
            }
            first[number] = index;
        }
        last[number] = index;
    }

    /** The first row with that key, or -1. */
    int firstMatch(@Nullable Object[] key) {
        int number = Rows.hasNull(key) ? NONE : keys.find(key);
        return number < 0 ? NONE : first[number];
    }

    /** The next row with the same key, or -1. */
    int nextMatch(int row) {
        return next[row];
    }

    @Override
    public void close() {
        keys.close();
        rows.close();
    }
}
