package dev.boreal.storage.read;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.storage.version.VersionedKey;

/**
 * Ascending: versions of a key come newest first, so the first one at or below the snapshot decides the key. Versions
 * above the snapshot and versions below the deciding one are stepped over, and sought past when there are many: a row
 * that is updated all the time costs a seek or two, however many versions it has.
 */
final class AscendingRows extends VisibleRows {
    private final byte[] start;
    private final byte[] end;
    private boolean started;
    private boolean decided;
    private int skipped;

    AscendingRows(VersionReader reader, KeyRange range, long asOf, boolean needsValue) {
        super(reader, asOf, needsValue);
        start = VersionedKey.encode(range.from());
        end = range.to().length == 0 ? Keys.EMPTY : VersionedKey.encode(range.to());
    }

    @Override
    Step step(int budget) {
        for (int left = budget; left > 0; left--) {
            move();
            if (!reader.loadKey() || isBehindEnd()) {
                return Step.END;
            }
            if (!reader.startsWith(rowKey, rowKeyLength)) {
                decided = false;
                skipped = 0;
                long timestamp = reader.timestamp();
                keepKey();
                if (timestamp <= asOf && decide()) {
                    return Step.ROW;
                }
            } else if (!decided && reader.timestamp() <= asOf) {
                if (decide()) {
                    return Step.ROW;
                }
            } else {
                skipped++;
            }
        }
        return Step.PAUSED;
    }

    private boolean decide() {
        decided = true;
        skipped = 0;
        return loadRow();
    }

    private void move() {
        if (!started) {
            started = true;
            iterator.seek(start, start.length);
        } else if (skipped < VersionReader.STEPS_BEFORE_SEEK) {
            iterator.next();
        } else if (decided) {
            reader.seekBehind(rowKey, rowKeyLength);
            skipped = 0;
        } else {
            reader.seekVersion(rowKey, rowKeyLength, asOf);
            skipped = 0;
        }
    }

    private boolean isBehindEnd() {
        return end.length != 0 && Keys.compare(reader.key(), 0, reader.prefixLength(), end, 0, end.length) >= 0;
    }
}
