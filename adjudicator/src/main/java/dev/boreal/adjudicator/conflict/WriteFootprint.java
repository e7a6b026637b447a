package dev.boreal.adjudicator.conflict;

import dev.boreal.contracts.Varint;
import dev.boreal.contracts.transaction.WriteKind;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.Arrays;

/**
 * Which keys a write set writes, as a bounded number of points and intervals that cover all of them. It holds copies of
 * the keys, not the write set. Built outside the core's lock, since it walks the whole set.
 *
 * <p>Up to {@value #EXACT} keys each is a point. A larger set (a bulk load, a chunk) is cut into at most that many
 * intervals between neighbours that share the shortest prefixes: keys of one table share a prefix, so the cuts fall
 * between tables and indexes first, and an interval does not reach over a table that was not written. PURGE is an
 * interval by nature. Covering more than was written costs a false conflict with a SERIALIZABLE range, never a missed
 * one.
 *
 * <p>Layout of an item: {@code from length: varint | from | to: varint (0 = the point "from", else 1 + length) | to};
 * {@code to} is exclusive, and empty means no end, as in {@link dev.boreal.contracts.key.KeyRange}.
 */
public final class WriteFootprint {
    /** How many keys of one write set are remembered one by one. */
    public static final int EXACT = 64;

    private static final int LONGEST_SHARED = 255;

    private byte[] items = new byte[64];
    private int length;
    private int count;

    private WriteFootprint() {}

    /** Walks the set; throws IllegalArgumentException if it is malformed. */
    public static WriteFootprint of(WriteSet writes) {
        WriteFootprint footprint = new WriteFootprint();
        WriteSet.Cursor cursor = writes.cursor();
        int keys = 0;
        while (cursor.advance()) {
            if (cursor.kind() == WriteKind.PURGE) {
                footprint.addInterval(
                        cursor.buffer(),
                        cursor.keyOffset(),
                        cursor.keyLength(),
                        cursor.valueOffset(),
                        cursor.valueLength(),
                        false);
            } else if (++keys <= EXACT) {
                footprint.addPoint(cursor.buffer(), cursor.keyOffset(), cursor.keyLength());
            }
        }
        return keys <= EXACT ? footprint : coarse(writes);
    }

    private static WriteFootprint coarse(WriteSet writes) {
        int[] gaps = new int[LONGEST_SHARED + 1];
        Neighbours walk = new Neighbours(writes);
        while (walk.advance()) {
            gaps[walk.shared]++;
        }
        int below = 0;
        int threshold = 0;
        while (threshold < LONGEST_SHARED && below + gaps[threshold] < EXACT) {
            below += gaps[threshold++];
        }
        int atThreshold = EXACT - 1 - below;
        WriteFootprint footprint = new WriteFootprint();
        walk = new Neighbours(writes);
        boolean more = walk.advance();
        int from = walk.keyOffset;
        int fromLength = walk.keyLength;
        while (more) {
            int last = walk.keyOffset;
            int lastLength = walk.keyLength;
            more = walk.advance();
            boolean cut = !more || walk.shared < threshold || (walk.shared == threshold && atThreshold-- > 0);
            if (cut) {
                footprint.addInterval(writes.buffer(), from, fromLength, last, lastLength, true);
                from = walk.keyOffset;
                fromLength = walk.keyLength;
            }
        }
        WriteSet.Cursor cursor = writes.cursor();
        while (cursor.advance()) {
            if (cursor.kind() == WriteKind.PURGE) {
                footprint.addInterval(
                        cursor.buffer(),
                        cursor.keyOffset(),
                        cursor.keyLength(),
                        cursor.valueOffset(),
                        cursor.valueLength(),
                        false);
            }
        }
        return footprint;
    }

    private void addPoint(byte[] buffer, int offset, int keyLength) {
        ensure(keyLength + Varint.MAX_LENGTH + 1);
        int at = Varint.put(items, length, keyLength);
        System.arraycopy(buffer, offset, items, at, keyLength);
        items[at + keyLength] = 0;
        length = at + keyLength + 1;
        count++;
    }

    private void addInterval(byte[] buffer, int from, int fromLength, int to, int toLength, boolean inclusive) {
        if (inclusive && from == to) {
            addPoint(buffer, from, fromLength);
            return;
        }
        ensure(fromLength + toLength + 2 * Varint.MAX_LENGTH + 1);
        int at = Varint.put(items, length, fromLength);
        System.arraycopy(buffer, from, items, at, fromLength);
        int stored = inclusive ? toLength + 1 : toLength;
        at = Varint.put(items, at + fromLength, stored + 1);
        System.arraycopy(buffer, to, items, at, toLength);
        if (inclusive) {
            items[at + toLength] = 0;
        }
        length = at + stored;
        count++;
    }

    private void ensure(int more) {
        if (items.length - length < more) {
            items = Arrays.copyOf(items, Math.max(length + more, 2 * items.length));
        }
    }

    byte[] items() {
        return items;
    }

    /** Bytes of {@link #items} in use. */
    int length() {
        return length;
    }

    /** How many points and intervals there are. */
    public int count() {
        return count;
    }

    /** Walks the keys of a set in order, with what each shares with the one before it; purges are not keys. */
    private static final class Neighbours {
        private final WriteSet.Cursor cursor;
        private final byte[] buffer;
        private boolean first = true;
        private int keyOffset;
        private int keyLength;
        private int shared;

        Neighbours(WriteSet writes) {
            cursor = writes.cursor();
            buffer = writes.buffer();
        }

        boolean advance() {
            int before = keyOffset;
            int beforeLength = keyLength;
            do {
                if (!cursor.advance()) {
                    return false;
                }
            } while (cursor.kind() == WriteKind.PURGE);
            keyOffset = cursor.keyOffset();
            keyLength = cursor.keyLength();
            int mismatch =
                    Arrays.mismatch(buffer, before, before + beforeLength, buffer, keyOffset, keyOffset + keyLength);
            if (!first && compareAt(before, beforeLength, mismatch) > 0) {
                throw new IllegalArgumentException("the keys of a write set must ascend");
            }
            shared = first ? LONGEST_SHARED : Math.min(LONGEST_SHARED, mismatch < 0 ? keyLength : mismatch);
            first = false;
            return true;
        }

        /** Compares the key before with the present one, given their first mismatch. */
        private int compareAt(int before, int beforeLength, int mismatch) {
            return mismatch < 0 || mismatch >= beforeLength || mismatch >= keyLength
                    ? beforeLength - keyLength
                    : Byte.compareUnsigned(buffer[before + mismatch], buffer[keyOffset + mismatch]);
        }
    }
}
