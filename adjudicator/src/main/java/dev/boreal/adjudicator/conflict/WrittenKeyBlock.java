package dev.boreal.adjudicator.conflict;

import dev.boreal.contracts.Varint;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of {@link WriteFootprint} items with the timestamps of their commits, in commit order. While it is open, a query
 * walks it backwards from the newest commit to the snapshot. Once it is full its points are sorted, but only when
 * somebody asks: a database without SERIALIZABLE transactions never pays for the sort.
 */
final class WrittenKeyBlock {
    static final int BYTES = 64 << 10;

    private final byte[] bytes;
    private int used;
    private int[] starts = new int[256];
    private long[] timestamps = new long[256];
    private int count;
    private int @Nullable [] sortedPoints;
    private int[] intervals = new int[0];

    /** Room for {@link #BYTES}, or for one footprint that is larger. */
    WrittenKeyBlock(int leastBytes) {
        bytes = new byte[Math.max(BYTES, leastBytes)];
    }

    boolean fits(WriteFootprint footprint) {
        return bytes.length - used >= footprint.length();
    }

    void add(WriteFootprint footprint, long timestamp) {
        System.arraycopy(footprint.items(), 0, bytes, used, footprint.length());
        for (int i = 0; i < footprint.count(); i++) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count + count / 2);
                timestamps = Arrays.copyOf(timestamps, count + count / 2);
            }
            starts[count] = used;
            timestamps[count++] = timestamp;
            used = end(used);
        }
    }

    long newest() {
        return count == 0 ? Long.MIN_VALUE : timestamps[count - 1];
    }

    /** What the log takes; the sorted index of a block that was asked adds 4 bytes per key. */
    long arrayBytes() {
        return 64 + bytes.length + 12L * starts.length;
    }

    /** As {@link #anyOpen} for a block to which nothing will be added. */
    long anySealed(KeyRange range, long snapshot) {
        int[] points = sortedPoints;
        if (points == null) {
            points = sort();
        }
        for (int at = lowerBound(points, range.from()); at < points.length; at++) {
            int item = points[at];
            if (!startsBelow(item, range.to())) {
                break;
            }
            if (timestamps[item] > snapshot) {
                return timestamps[item];
            }
        }
        for (int i = intervals.length - 1; i >= 0 && timestamps[intervals[i]] > snapshot; i--) {
            if (overlaps(intervals[i], range)) {
                return timestamps[intervals[i]];
            }
        }
        return 0;
    }

    /** The timestamp of a commit above {@code snapshot} that wrote into {@code range}, or 0. */
    long anyOpen(KeyRange range, long snapshot) {
        for (int item = count - 1; item >= 0 && timestamps[item] > snapshot; item--) {
            if (overlaps(item, range)) {
                return timestamps[item];
            }
        }
        return 0;
    }

    private boolean overlaps(int item, KeyRange range) {
        int at = starts[item];
        int length = Varint.get(bytes, at);
        int from = at + Varint.length(length);
        int to = Varint.get(bytes, from + length);
        if (to == 0) {
            return range.contains(bytes, from, length);
        }
        int toLength = to - 1;
        int toOffset = from + length + Varint.length(to);
        return startsBelow(item, range.to())
                && (toLength == 0
                        || Keys.compare(range.from(), 0, range.from().length, bytes, toOffset, toOffset + toLength)
                                < 0);
    }

    /** Whether the item begins below {@code to}, which is the end of a range: empty means no end. */
    private boolean startsBelow(int item, byte[] to) {
        return to.length == 0 || compareFrom(item, to) < 0;
    }

    private int compareFrom(int item, byte[] key) {
        int length = Varint.get(bytes, starts[item]);
        int from = starts[item] + Varint.length(length);
        return Keys.compare(bytes, from, from + length, key, 0, key.length);
    }

    private int lowerBound(int[] points, byte[] key) {
        int low = 0;
        int high = points.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compareFrom(points[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int[] sort() {
        int[] all = new int[count];
        int points = 0;
        int behind = count;
        for (int item = 0; item < count; item++) {
            int length = Varint.get(bytes, starts[item]);
            boolean point = bytes[starts[item] + Varint.length(length) + length] == 0;
            if (point) {
                all[points++] = item;
            } else {
                all[--behind] = item;
            }
        }
        intervals = new int[count - behind];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = all[count - 1 - i];
        }
        int[] sorted = Arrays.copyOf(all, points);
        mergeSort(all, sorted, 0, points);
        sortedPoints = sorted;
        return sorted;
    }

    /** Sorts {@code to[from, end)}; {@code scratch} begins as a copy of it. Primitive arrays take no comparator. */
    private void mergeSort(int[] scratch, int[] to, int from, int end) {
        if (end - from < 2) {
            return;
        }
        int middle = (from + end) >>> 1;
        mergeSort(to, scratch, from, middle);
        mergeSort(to, scratch, middle, end);
        int left = from;
        int right = middle;
        for (int at = from; at < end; at++) {
            boolean takeLeft = right >= end || (left < middle && compareItems(scratch[left], scratch[right]) <= 0);
            to[at] = takeLeft ? scratch[left++] : scratch[right++];
        }
    }

    private int compareItems(int a, int b) {
        int aLength = Varint.get(bytes, starts[a]);
        int bLength = Varint.get(bytes, starts[b]);
        int aFrom = starts[a] + Varint.length(aLength);
        int bFrom = starts[b] + Varint.length(bLength);
        return Keys.compare(bytes, aFrom, aFrom + aLength, bytes, bFrom, bFrom + bLength);
    }

    private int end(int start) {
        int length = Varint.get(bytes, start);
        int at = start + Varint.length(length) + length;
        int to = Varint.get(bytes, at);
        return at + Varint.length(to) + Math.max(0, to - 1);
    }
}
