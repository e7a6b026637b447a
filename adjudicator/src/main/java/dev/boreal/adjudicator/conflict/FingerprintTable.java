package dev.boreal.adjudicator.conflict;

/**
 * Open-addressed table of (fingerprint, mode, time) with linear probing over one {@code long} array of pairs. A
 * fingerprint may stand in up to three slots, one per mode: all lie on one probe path, so one walk, mostly within one
 * cache line, answers for every mode.
 *
 * <p>The modes that are remembered are ordered by what they conflict with: whatever conflicts with KEY_SHARE conflicts
 * with WRITE, whatever conflicts with WRITE conflicts with KEY_WRITE. So a later access of equal or greater strength
 * replaces an earlier one, and the latest conflicting access is always kept.
 *
 * <p>A slot is 16 bytes. Capacity grows by half and a table is at most 0.8 full, so just after growing it is 0.53 full:
 * between 20 and 30 bytes per slot in use. Times are relative to the generation's start, so that they leave room for the
 * mode: {@code stamp = time << 2 | mode}, and 0 means empty.
 */
final class FingerprintTable {
    private static final int MODE_BITS = 2;
    private static final int MODE_MASK = (1 << MODE_BITS) - 1;

    private long[] slots;
    private int entries;
    private int limit;

    FingerprintTable(int capacity) {
        slots = new long[2 * capacity];
        limit = limitOf(capacity);
    }

    private static int limitOf(int capacity) {
        return (int) (capacity * 4L / 5);
    }

    /** The latest time above {@code after} at which a mode in {@code mask} was remembered, or 0. Times are positive. */
    long newest(long fingerprint, long hash, int mask, long after) {
        long[] table = slots;
        long newest = after;
        for (int at = home(table, hash); ; at = next(table, at)) {
            long stamp = table[at + 1];
            if (stamp == 0) {
                return newest == after ? 0 : newest;
            }
            if (table[at] == fingerprint && (mask >>> (int) (stamp & MODE_MASK) & 1) != 0) {
                newest = Math.max(newest, stamp >>> MODE_BITS);
            }
        }
    }

    /** The code of the strongest mode remembered for exactly this time, or -1. */
    int modeAt(long fingerprint, long hash, long time) {
        int strongest = -1;
        for (int at = home(slots, hash); slots[at + 1] != 0; at = next(slots, at)) {
            long stamp = slots[at + 1];
            if (slots[at] == fingerprint && stamp >>> MODE_BITS == time) {
                int mode = (int) (stamp & MODE_MASK);
                strongest = strongest < 0 ? mode : Math.min(strongest, mode);
            }
        }
        return strongest;
    }

    /** Times never fall from one call to the next. */
    void remember(long fingerprint, long hash, int mode, long time) {
        long[] table = slots;
        long stamp = time << MODE_BITS | mode;
        int at = home(table, hash);
        for (long old = table[at + 1]; old != 0; old = table[at + 1]) {
            if (table[at] == fingerprint && (int) (old & MODE_MASK) >= mode) {
                table[at + 1] = stamp;
                return;
            }
            at = next(table, at);
        }
        table[at] = fingerprint;
        table[at + 1] = stamp;
        if (++entries > limit) {
            resize(slots.length / 2 + slots.length / 4 + 1);
        }
    }

    /** Makes room for {@code more} entries at once. */
    void reserve(int more) {
        long needed = ((long) entries + more) * 5 / 4 + 2;
        if (needed > slots.length / 2) {
            resize(Math.toIntExact(Math.min(needed, Integer.MAX_VALUE / 2 - 8)));
        }
    }

    int entries() {
        return entries;
    }

    long arrayBytes() {
        return 16 + 8L * slots.length;
    }

    private void resize(int capacity) {
        long[] old = slots;
        long[] table = new long[Math.multiplyExact(2, capacity)];
        for (int from = 0; from < old.length; from += 2) {
            if (old[from + 1] != 0) {
                int at = home(table, FingerprintHash.of(old[from]));
                while (table[at + 1] != 0) {
                    at = next(table, at);
                }
                table[at] = old[from];
                table[at + 1] = old[from + 1];
            }
        }
        slots = table;
        limit = limitOf(capacity);
    }

    /** Scales the part of the hash that did not choose the segment to the table: no power of two needed, no division. */
    private static int home(long[] table, long hash) {
        return 2 * (int) Math.unsignedMultiplyHigh(hash << FingerprintHash.SEGMENT_BITS, table.length >>> 1);
    }

    private static int next(long[] table, int at) {
        int next = at + 2;
        return next == table.length ? 0 : next;
    }
}
