package dev.boreal.simulation.world;

import dev.boreal.clock.Chance;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file twice: as the cache has it, and as the disk has it. */
final class SimulatedFile {
    private static final int SECTOR = 512;

    private record Range(int from, int to) {
        boolean holds(int at) {
            return from <= at && at < to;
        }
    }

    private byte[] written = new byte[0];
    private int size;
    private byte[] durable = new byte[0];
    private int durableSize;
    private final List<Range> unsynced = new ArrayList<>();
    private final List<Range> syncing = new ArrayList<>();
    private List<Range> lastSynced = List.of();

    /** Whether its name outlives the cache. */
    boolean nameDurable;

    void write(ByteBuffer source, int offset) {
        int end = offset + source.remaining();
        if (end > written.length) {
            written = Arrays.copyOf(written, Math.max(end, 2 * written.length));
        }
        unsynced.add(new Range(offset, end));
        source.get(written, offset, end - offset);
        size = Math.max(size, end);
    }

    int read(ByteBuffer target, long offset) {
        int count = Math.clamp(size - offset, 0, target.remaining());
        target.put(written, (int) Math.min(offset, size), count);
        return count;
    }

    int size() {
        return size;
    }

    /** Cuts it, durably: nobody relies on more, and nobody on less. */
    void truncate(int newSize) {
        unsynced.replaceAll(range -> new Range(Math.min(range.from, newSize), Math.min(range.to, newSize)));
        Arrays.fill(written, Math.min(newSize, size), size, (byte) 0);
        size = Math.min(size, newSize);
        Arrays.fill(durable, Math.min(newSize, durableSize), durableSize, (byte) 0);
        durableSize = Math.min(durableSize, newSize);
    }

    void sync(boolean deferred) {
        syncing.addAll(unsynced);
        unsynced.clear();
        if (!deferred) {
            complete();
        }
    }

    /** What was to be synced stays in the cache, and passes for clean there. */
    void failSync() {
        unsynced.clear();
    }

    void complete() {
        if (!syncing.isEmpty()) {
            for (Range range : syncing) {
                makeDurable(range.from, range.to);
            }
            lastSynced = List.copyOf(syncing);
            syncing.clear();
        }
    }

    private void makeDurable(int from, int to) {
        if (durable.length < to) {
            durable = Arrays.copyOf(durable, Math.max(to, written.length));
        }
        System.arraycopy(written, from, durable, from, to - from);
        durableSize = Math.max(durableSize, to);
    }

    void losePower(Chance chance) {
        syncing.addAll(unsynced);
        unsynced.clear();
        int luck = chance.below(4);
        for (Range range : syncing) {
            for (int at = range.from; at < range.to; ) {
                int end = Math.min(range.to, (at / SECTOR + 1) * SECTOR);
                if (luck == 3 || (luck > 0 && chance.oneIn(2))) {
                    makeDurable(at, end);
                }
                at = end;
            }
        }
        syncing.clear();
        written = Arrays.copyOf(durable, durableSize);
        size = durableSize;
    }

    /** Turns a bit. Returns where, or a negative number if chance led to nothing that may be hit. */
    int damage(Chance chance) {
        if (durableSize == 0) {
            return -1;
        }
        int at = chance.below(durableSize);
        if (durable[at] == 0 || at >= size) {
            return -1;
        }
        for (Range range : lastSynced) {
            if (range.holds(at)) {
                return -1;
            }
        }
        durable[at] ^= (byte) (1 << chance.below(8));
        written[at] = durable[at];
        return at;
    }
}
