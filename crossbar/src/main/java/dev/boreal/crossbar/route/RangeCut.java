package dev.boreal.crossbar.route;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.transaction.WriteKind;
import dev.boreal.contracts.transaction.WriteSet;

/**
 * The part of a write set that falls into a key range. Keys ascend, so what remains is mostly one run: it is shown as a
 * window of the same array. Only a purge that must be clipped, or that stands apart from the run, costs a copy.
 */
public final class RangeCut {
    private final KeyRange range;
    private final boolean everything;

    public RangeCut(KeyRange range) {
        this.range = range;
        this.everything = range.covers(KeyRange.ALL);
    }

    /** Whether nothing is ever cut off. */
    public boolean isEverything() {
        return everything;
    }

    /** Throws IllegalArgumentException if the set is malformed and has to be walked. */
    public WriteSet cut(WriteSet writes) {
        if (everything || writes.isEmpty()) {
            return writes;
        }
        WriteSet.Cursor cursor = writes.cursor();
        int start = writes.offset();
        int runFrom = -1;
        int runTo = -1;
        while (cursor.advance()) {
            int end = cursor.valueOffset() + cursor.valueLength();
            if (keeps(cursor)) {
                if ((runFrom >= 0 && runTo != start) || isClipped(cursor)) {
                    return copy(writes);
                }
                runFrom = runFrom < 0 ? start : runFrom;
                runTo = end;
            }
            start = end;
        }
        return runFrom < 0 ? WriteSet.EMPTY : new WriteSet(writes.buffer(), runFrom, runTo - runFrom);
    }

    private boolean keeps(WriteSet.Cursor cursor) {
        if (cursor.kind() != WriteKind.PURGE) {
            return range.contains(cursor.buffer(), cursor.keyOffset(), cursor.keyLength());
        }
        byte[] to = range.to();
        boolean beginsBelowEnd = to.length == 0 || compareKey(cursor, to) < 0;
        boolean endsAboveBegin = cursor.valueLength() == 0 || compareValue(cursor, range.from()) > 0;
        return beginsBelowEnd && endsAboveBegin;
    }

    private boolean isClipped(WriteSet.Cursor cursor) {
        return cursor.kind() == WriteKind.PURGE && (clipsFrom(cursor) || clipsTo(cursor));
    }

    private boolean clipsFrom(WriteSet.Cursor cursor) {
        return compareKey(cursor, range.from()) < 0;
    }

    private boolean clipsTo(WriteSet.Cursor cursor) {
        return range.to().length != 0 && (cursor.valueLength() == 0 || compareValue(cursor, range.to()) > 0);
    }

    private static int compareKey(WriteSet.Cursor cursor, byte[] key) {
        int from = cursor.keyOffset();
        return Keys.compare(cursor.buffer(), from, from + cursor.keyLength(), key, 0, key.length);
    }

    private static int compareValue(WriteSet.Cursor cursor, byte[] key) {
        int from = cursor.valueOffset();
        return Keys.compare(cursor.buffer(), from, from + cursor.valueLength(), key, 0, key.length);
    }

    private WriteSet copy(WriteSet writes) {
        WriteSet.Builder kept = new WriteSet.Builder(writes.length());
        WriteSet.Cursor cursor = writes.cursor();
        while (cursor.advance()) {
            if (!keeps(cursor)) {
                continue;
            }
            if (isClipped(cursor)) {
                kept.purge(
                        clipsFrom(cursor) ? range.from() : cursor.key(), clipsTo(cursor) ? range.to() : cursor.value());
            } else {
                kept.add(
                        cursor.kind(),
                        cursor.buffer(),
                        cursor.keyOffset(),
                        cursor.keyLength(),
                        cursor.buffer(),
                        cursor.valueOffset(),
                        cursor.valueLength());
            }
        }
        return kept.build();
    }
}
