package dev.boreal.queryprocessor.transaction;

import java.util.Arrays;

/**
 * Which tables and indexes hold nothing as of one snapshot, so that a load into a new table need not look up every key
 * that it adds. A snapshot never changes: what was empty stays so for the whole transaction. Not thread-safe.
 *
 * <p>A key begins with the four bytes of its storage id. After {@value #MISSES} misses the caller is asked to look once at the
 * whole store.
 */
final class EmptyStores {
    static final int MISSES = 64;

    private static final int EMPTY = -1;
    private static final int INHABITED = -2;

    private static final int[] NONE = new int[0];

    /** Most transactions miss nothing: no memory until one does. */
    private int[] stores = NONE;

    /** Misses so far, or {@link #EMPTY}, or {@link #INHABITED}. */
    private int[] states = NONE;

    private int size;

    /** Whether the store of this key is known to hold nothing. */
    boolean contains(byte[] key) {
        int at = find(storeOf(key));
        return at >= 0 && states[at] == EMPTY;
    }

    /** Counts a key that was not found; true if it is time to {@link #decide} about its store. */
    boolean missed(byte[] key) {
        int store = storeOf(key);
        int at = find(store);
        if (at < 0) {
            if (size == stores.length) {
                int capacity = Math.max(2, 2 * size);
                stores = Arrays.copyOf(stores, capacity);
                states = Arrays.copyOf(states, capacity);
            }
            at = size++;
            stores[at] = store;
            states[at] = 0;
        }
        return states[at] >= 0 && ++states[at] == MISSES;
    }

    /** Remembers whether the store of a key that was missed holds anything. */
    void decide(byte[] key, boolean empty) {
        states[find(storeOf(key))] = empty ? EMPTY : INHABITED;
    }

    private int find(int store) {
        for (int i = 0; i < size; i++) {
            if (stores[i] == store) {
                return i;
            }
        }
        return -1;
    }

    private static int storeOf(byte[] key) {
        return (key[0] & 0xff) << 24 | (key[1] & 0xff) << 16 | (key[2] & 0xff) << 8 | key[3] & 0xff;
    }
}
