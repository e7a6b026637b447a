package dev.boreal.adjudicator.conflict;

import dev.boreal.contracts.key.KeyRange;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The keys written lately, for the validation of ranges read under SERIALIZABLE, phantoms included.
 *
 * <p>Three ways were weighed. Keeping the write sets keeps every row of five minutes in memory. An ordered map of keys
 * costs a tree insertion per key under the lock for every commit, whether or not anybody is SERIALIZABLE, and over 100
 * bytes per key. Chosen: an append-only log of the keys alone, in blocks of 64 KiB, so that a commit pays one copy (about
 * 35 bytes per key of 20 bytes), and the reader pays: the newest block is walked from its end to the snapshot, which for
 * a transaction of milliseconds is a few hundred comparisons; an older block is sorted when first asked, then searched.
 *
 * <p>At 10,000 commits/s of 4 keys the log grows by 1.4 MB/s. It is bounded twice: by the retention, and by a number
 * of bytes (64 MiB by default: 45 seconds at that rate, all five minutes at 1,500 commits/s). Beyond that the oldest
 * block is dropped and {@link #floor} rises: a SERIALIZABLE transaction that read a range before the floor meets a
 * conflict, whether or not there was one. Its points are not concerned, nor is any other transaction.
 */
final class WrittenKeys {
    private final ArrayDeque<WrittenKeyBlock> blocks = new ArrayDeque<>();
    private final long maximumBytes;
    private long sealedBytes;
    private long floor;

    WrittenKeys(long maximumBytes, long floor) {
        this.maximumBytes = maximumBytes;
        this.floor = floor;
        blocks.addLast(new WrittenKeyBlock(0));
    }

    /** A range read by a snapshot below this cannot be validated. */
    long floor() {
        return floor;
    }

    void restart(long newFloor) {
        floor = newFloor;
        blocks.clear();
        sealedBytes = 0;
        blocks.addLast(new WrittenKeyBlock(0));
    }

    void remember(WriteFootprint footprint, long timestamp) {
        if (footprint.count() == 0) {
            return;
        }
        if (!blocks.getLast().fits(footprint)) {
            sealedBytes += blocks.getLast().arrayBytes();
            blocks.addLast(new WrittenKeyBlock(footprint.length()));
            while (sealedBytes > maximumBytes && blocks.size() > 1) {
                floor = Math.max(floor, dropOldest());
            }
        }
        blocks.getLast().add(footprint, timestamp);
    }

    /** The timestamp of a commit above {@code snapshot} that wrote into {@code range}, or 0; newest blocks first. */
    long any(KeyRange range, long snapshot) {
        Iterator<WrittenKeyBlock> newestFirst = blocks.descendingIterator();
        WrittenKeyBlock open = newestFirst.next();
        long found = open.anyOpen(range, snapshot);
        while (found == 0 && newestFirst.hasNext()) {
            WrittenKeyBlock sealed = newestFirst.next();
            if (sealed.newest() <= snapshot) {
                return 0;
            }
            found = sealed.anySealed(range, snapshot);
        }
        return found;
    }

    /** Frees the blocks that hold nothing above {@code horizon}. */
    void expire(long horizon) {
        while (blocks.size() > 1 && blocks.getFirst().newest() <= horizon) {
            floor = Math.max(floor, dropOldest());
        }
    }

    private long dropOldest() {
        WrittenKeyBlock oldest = blocks.removeFirst();
        sealedBytes -= oldest.arrayBytes();
        return oldest.newest();
    }

    long arrayBytes() {
        long bytes = 0;
        for (WrittenKeyBlock block : blocks) {
            bytes += block.arrayBytes();
        }
        return bytes;
    }
}
