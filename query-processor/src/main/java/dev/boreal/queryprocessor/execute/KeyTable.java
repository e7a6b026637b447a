package dev.boreal.queryprocessor.execute;

import dev.boreal.queryprocessor.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distinct keys, numbered from 0 in the order they were first seen. A key is one or more values; NULL equals NULL. A
 * probe allocates nothing: the values lie one after another in a flat array, found by open addressing over their
 * hashes. Closed by whoever made it, to give its bytes back.
 */
final class KeyTable implements AutoCloseable {
    private static final int NUMBERS_PER_KEY = 3 * Integer.BYTES;

    private final SqlType[] types;
    private final int width;
    private final Workspace workspace;
    private @Nullable Object[] values;
    private int[] hashes;
    /** Key number plus one; 0 is free. Its length is a power of two, and at most half of it is taken. */
    private int[] slots;

    private int size;
    private long bytes;

    KeyTable(SqlType[] types, Execution execution) {
        this.types = types;
        width = types.length;
        workspace = execution.workspace();
        values = new Object[8 * width];
        hashes = new int[8];
        slots = new int[16];
    }

    int size() {
        return size;
    }

    @Nullable Object value(int key, int column) {
        return values[key * width + column];
    }

    /** The number of the key that equals these values, or -1. */
    int find(@Nullable Object[] key) {
        return find(key, hash(key));
    }

    /** As {@link #find}, adding the key if it is not there: then its number is what {@link #size} was before. */
    int findOrAdd(@Nullable Object[] key) {
        int hash = hash(key);
        int found = find(key, hash);
        return found >= 0 ? found : add(key, hash);
    }

    private int hash(@Nullable Object[] key) {
        int mixed = 0;
        for (int i = 0; i < width; i++) {
            Object value = key[i];
            mixed = 31 * mixed + (value == null ? 0 : types[i].hash(value));
        }
        mixed *= 0x9e3779b9;
        return mixed ^ (mixed >>> 15);
    }

    private int find(@Nullable Object[] key, int hash) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            int candidate = slots[slot] - 1;
            if (candidate < 0) {
                return -1;
            }
            if (hashes[candidate] == hash && equal(key, candidate * width)) {
                return candidate;
            }
        }
    }

    private boolean equal(@Nullable Object[] key, int offset) {
        for (int i = 0; i < width; i++) {
            if (!equal(types[i], key[i], values[offset + i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether values are equal, where NULL equals NULL. */
    static boolean equal(SqlType type, @Nullable Object a, @Nullable Object b) {
        return a == null ? b == null : b != null && type.equal(a, b);
    }

    private int add(@Nullable Object[] key, int hash) {
        long more = RowSize.of(key) + NUMBERS_PER_KEY;
        workspace.take(more);
        bytes += more;
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            values = Arrays.copyOf(values, Math.multiplyExact(2 * size, width));
        }
        if (2 * (size + 1) > slots.length) {
            rehash();
        }
        hashes[size] = hash;
        System.arraycopy(key, 0, values, size * width, width);
        place(hash, size);
        return size++;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int key = 0; key < size; key++) {
            place(hashes[key], key);
        }
    }

    private void place(int hash, int key) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = key + 1;
    }

    @Override
    public void close() {
        workspace.give(bytes);
        bytes = 0;
        size = 0;
        values = new Object[0];
        hashes = new int[0];
        slots = new int[1];
    }
}
