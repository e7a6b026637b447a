package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.key.KeyFingerprint;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.Accesses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accesses of one transaction, each key once with its strongest mode: an open-addressed table of fingerprints. Of
 * the first {@value #NAMED} keys the bytes are kept, so that a conflict can be named. Not thread-safe.
 */
final class AccessSet {
    static final int NAMED = 100_000;

    private int[] slots = new int[16];
    private long[] fingerprints = new long[8];
    private byte[] modes = new byte[8];
    private int[] tables = new int[8];
    private byte[][] keys = new byte[8][];
    private int size;
    private final List<KeyRange> ranges = new ArrayList<>();
    private final List<Integer> rangeTables = new ArrayList<>();

    void add(byte[] key, AccessMode mode, int tableOid) {
        long fingerprint = KeyFingerprint.of(key);
        int slot = find(fingerprint);
        if (slots[slot] != 0) {
            int index = slots[slot] - 1;
            modes[index] = stronger(AccessMode.ofCode(modes[index]), mode).code();
            return;
        }
        if (size == fingerprints.length) {
            grow();
            slot = find(fingerprint);
        }
        fingerprints[size] = fingerprint;
        modes[size] = mode.code();
        tables[size] = tableOid;
        if (size < NAMED) {
            keys[size] = key;
        }
        size++;
        slots[slot] = size;
    }

    /** The weakest single mode that conflicts with everything that either of the two conflicts with. */
    private static AccessMode stronger(AccessMode a, AccessMode b) {
        int needed = a.conflictMask() | b.conflictMask();
        for (AccessMode mode : List.of(AccessMode.KEY_SHARE, AccessMode.READ, AccessMode.WRITE)) {
            if ((mode.conflictMask() & needed) == needed) {
                return mode;
            }
        }
        return AccessMode.KEY_WRITE;
    }

    private int find(long fingerprint) {
        int mask = slots.length - 1;
        int slot = (int) (fingerprint ^ (fingerprint >>> 32)) & mask;
        while (slots[slot] != 0 && fingerprints[slots[slot] - 1] != fingerprint) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int capacity = Math.multiplyExact(size, 2);
        fingerprints = Arrays.copyOf(fingerprints, capacity);
        modes = Arrays.copyOf(modes, capacity);
        tables = Arrays.copyOf(tables, capacity);
        if (size < NAMED) {
            keys = Arrays.copyOf(keys, capacity);
        }
        rehash(2 * capacity);
    }

    private void rehash(int newSlots) {
        slots = new int[Integer.highestOneBit(Math.max(16, newSlots - 1)) << 1];
        for (int i = 0; i < size; i++) {
            slots[find(fingerprints[i])] = i + 1;
        }
    }

    void addRange(KeyRange range, int tableOid) {
        ranges.add(range);
        rangeTables.add(tableOid);
    }

    int size() {
        return size;
    }

    int ranges() {
        return ranges.size();
    }

    /** Forgets what came after; strengthened modes stay, which costs at most a false conflict. */
    void truncate(int points, int rangeCount) {
        if (points < size) {
            Arrays.fill(keys, Math.min(points, keys.length), Math.min(size, keys.length), null);
            size = points;
            rehash(slots.length);
        }
        ranges.subList(rangeCount, ranges.size()).clear();
        rangeTables.subList(rangeCount, rangeTables.size()).clear();
    }

    Accesses build() {
        return size == 0 && ranges.isEmpty()
                ? Accesses.NONE
                : new Accesses(Arrays.copyOf(fingerprints, size), Arrays.copyOf(modes, size), ranges);
    }

    int tableOf(int index) {
        return tables[index];
    }

    byte @Nullable [] keyOf(int index) {
        return index < keys.length ? keys[index] : null;
    }

    int tableOfRange(int index) {
        return rangeTables.get(index);
    }
}
