package dev.boreal.storage.trim;

import dev.boreal.contracts.key.Keys;
import dev.boreal.storage.version.VersionedKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where removable versions are likely to lie: writes counted per key range and by age. Any thread.
 *
 * <p>Every write makes its key's older version removable once the horizon passes the write (or was the key's first, and
 * makes nothing removable: storage does not look before it writes). Remembering each written key would cost hundreds
 * of megabytes at 30,000 writes a second and a seek per key; a count per range costs nothing, and sweeping a range in
 * order removes several hundred thousand versions a second. A range is swept when the writes that the horizon has
 * passed come to a fifth of what it held after its last sweep: so the effort per write is bounded by a constant, and the
 * space taken by removable versions by about a fifth of the whole. Sweeps tell where to cut a range in two, so that ranges
 * follow the data and a hot corner is swept without its surroundings.
 *
 * <p>Counts live in memory. After a start nothing is known, and the one range there is counts as due.
 */
public final class GarbageMap {
    private static final int GENERATIONS = 8;
    private static final int GENERATIONS_PER_RETENTION = 4;
    private static final long UNKNOWN = Long.MAX_VALUE / 4;
    private static final int DUE_PART = 5;

    private final long generationNanos;
    private final int leastWrites;
    private Range[] ranges;
    private int size = 1;
    private int current;
    private long newestGeneration;

    /** A range of user keys, up to the next one's start. */
    public static final class Range {
        private final byte[] from;
        private final long[] counts = new long[GENERATIONS];
        private long ripe;
        private long versions;

        Range(byte[] from) {
            this.from = from;
        }
    }

    /** A range that is due, with its bounds as encoded keys; an empty {@code to} is the end of all keys. */
    public record Due(Range range, byte[] from, byte[] to) {}

    /** Ranges with fewer than {@code leastWrites} ripe writes are left alone. */
    public GarbageMap(long retentionNanos, int leastWrites) {
        this.generationNanos = Math.max(1, retentionNanos / GENERATIONS_PER_RETENTION);
        this.leastWrites = leastWrites;
        this.ranges = new Range[] {new Range(Keys.EMPTY)};
        this.ranges[0].ripe = UNKNOWN;
    }

    /** Counts writes: per write its array, four slots of which the first two are the key's offset and length, its time. */
    public synchronized void written(byte[][] buffers, int[] slots, long[] timestamps, int count) {
        for (int i = 0; i < count; i++) {
            long generation = timestamps[i] / generationNanos;
            if (generation > newestGeneration) {
                openGeneration(generation);
            }
            seekRange(buffers[i], slots[4 * i], slots[4 * i] + slots[4 * i + 1]);
            ranges[current].counts[(int) (generation & (GENERATIONS - 1))]++;
        }
    }

    /** The range most worth a sweep up to {@code horizon}, or null if none is due. Its ripe writes count as dealt with. */
    public synchronized @Nullable Due takeDue(long horizon) {
        ripen(horizon / generationNanos);
        int best = -1;
        for (int i = 0; i < size; i++) {
            Range range = ranges[i];
            if (range.ripe >= Math.max(leastWrites, range.versions / DUE_PART)
                    && (best < 0 || range.ripe > ranges[best].ripe)) {
                best = i;
            }
        }
        if (best < 0) {
            return null;
        }
        Range range = ranges[best];
        range.ripe = 0;
        byte[] to = best + 1 < size ? VersionedKey.encode(ranges[best + 1].from) : Keys.EMPTY;
        return new Due(range, VersionedKey.encode(range.from), to);
    }

    /** A sweep is over: what it left, and the encoded keys at which to cut the range, ascending. */
    public synchronized void swept(Range range, long versionsLeft, List<byte[]> cuts) {
        int index = indexOf(range);
        int parts = cuts.size() + 1;
        range.versions = versionsLeft / parts;
        for (int i = 0; i < GENERATIONS; i++) {
            range.counts[i] = (range.counts[i] + parts - 1) / parts;
        }
        Range[] grown = new Range[size + cuts.size()];
        System.arraycopy(ranges, 0, grown, 0, index + 1);
        for (int i = 0; i < cuts.size(); i++) {
            byte[] cut = cuts.get(i);
            byte[] from = new byte[VersionedKey.decodedLength(cut, cut.length)];
            VersionedKey.decode(cut, cut.length, from);
            Range part = new Range(from);
            part.versions = range.versions;
            System.arraycopy(range.counts, 0, part.counts, 0, GENERATIONS);
            grown[index + 1 + i] = part;
        }
        System.arraycopy(ranges, index + 1, grown, index + parts, size - index - 1);
        ranges = grown;
        size = grown.length;
        current = 0;
        if (versionsLeft == 0 && index > 0) {
            mergeIntoPrevious(index);
        }
    }

    /** How many ranges there are. */
    public synchronized int ranges() {
        return size;
    }

    private void mergeIntoPrevious(int index) {
        Range previous = ranges[index - 1];
        for (int i = 0; i < GENERATIONS; i++) {
            previous.counts[i] += ranges[index].counts[i];
        }
        previous.ripe += ranges[index].ripe;
        System.arraycopy(ranges, index + 1, ranges, index, size - index - 1);
        size--;
    }

    private int indexOf(Range range) {
        for (int i = 0; i < size; i++) {
            if (ranges[i] == range) {
                return i;
            }
        }
        throw new IllegalStateException("a range that is not in the map was swept");
    }

    private void openGeneration(long generation) {
        long oldestLeft = generation - GENERATIONS + 1;
        for (long gone = newestGeneration - GENERATIONS + 1; gone < oldestLeft && gone <= newestGeneration; gone++) {
            ripenGeneration(gone);
        }
        newestGeneration = generation;
    }

    private void ripen(long horizonGeneration) {
        for (long ripe = newestGeneration - GENERATIONS + 1;
                ripe < horizonGeneration && ripe <= newestGeneration;
                ripe++) {
            ripenGeneration(ripe);
        }
    }

    private void ripenGeneration(long generation) {
        int slot = (int) (generation & (GENERATIONS - 1));
        for (int i = 0; i < size; i++) {
            ranges[i].ripe += ranges[i].counts[slot];
            ranges[i].counts[slot] = 0;
        }
    }

    /** Write sets are in key order: mostly the range of the write before is the one, or the next. */
    private void seekRange(byte[] buffer, int from, int to) {
        if (startsAtOrBelow(current, buffer, from, to)) {
            if (current + 1 == size || !startsAtOrBelow(current + 1, buffer, from, to)) {
                return;
            }
        }
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (startsAtOrBelow(middle, buffer, from, to)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        current = low;
    }

    private boolean startsAtOrBelow(int index, byte[] buffer, int from, int to) {
        byte[] start = ranges[index].from;
        return Arrays.compareUnsigned(start, 0, start.length, buffer, from, to) <= 0;
    }
}
