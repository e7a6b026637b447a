package dev.boreal.storage.read;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.storage.version.VersionedKey;

/**
 * Descending: versions of a key come oldest first, so each one at or below the snapshot replaces the one before it,
 * until the key changes. After a few versions two seeks settle the key: one forwards to the version wanted, one
 * backwards to the next key.
 */
final class DescendingRows extends VisibleRows {
    private final byte[] start;
    private final byte[] end;
    private boolean started;

    DescendingRows(VersionReader reader, KeyRange range, long asOf, boolean needsValue) {
        super(reader, asOf, needsValue);
        start = VersionedKey.encode(range.from());
        end = range.to().length == 0 ? Keys.EMPTY : VersionedKey.encode(range.to());
    }

    @Override
    Step step(int budget) {
        if (!started) {
            started = true;
            if (end.length == 0) {
                iterator.seekToLast();
            } else {
                iterator.seekBefore(end, end.length);
            }
        }
        for (int left = budget; left > 0; left--) {
            if (!reader.loadKey() || isBeforeStart()) {
                return Step.END;
            }
            if (settleKey()) {
                return Step.ROW;
            }
        }
        return Step.PAUSED;
    }

    /** Reads the key under the iterator as of the snapshot and goes to the key before it; false if it has no row. */
    private boolean settleKey() {
        long timestamp = reader.timestamp();
        keepKey();
        boolean found = false;
        for (int steps = 0; steps < VersionReader.STEPS_BEFORE_SEEK; steps++) {
            if (timestamp <= asOf) {
                found = loadRow();
            }
            iterator.previous();
            if (!reader.loadKey() || !reader.startsWith(rowKey, rowKeyLength)) {
                return found;
            }
            timestamp = reader.timestamp();
        }
        reader.seekVersion(rowKey, rowKeyLength, asOf);
        found = reader.loadKey() && reader.startsWith(rowKey, rowKeyLength) && loadRow();
        iterator.seekBefore(rowKey, rowKeyLength);
        return found;
    }

    private boolean isBeforeStart() {
        return Keys.compare(reader.key(), 0, reader.prefixLength(), start, 0, start.length) < 0;
    }
}
