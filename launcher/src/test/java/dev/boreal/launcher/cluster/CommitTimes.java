package dev.boreal.launcher.cluster;

import java.util.Arrays;

/** When commits were acknowledged to anybody, and so for how long nobody's was. Any thread. */
final class CommitTimes {
    private static final int FIRST_SIZE = 1 << 16;

    private long[] nanos = new long[FIRST_SIZE];
    private int count;

    /** A commit was acknowledged. */
    synchronized void note(long nanoTime) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = nanoTime;
    }

    /** The longest time without a commit between two moments of {@link System#nanoTime}. */
    synchronized long longestGapNanos(long from, long to) {
        int first = count;
        while (first > 0 && nanos[first - 1] - from > 0) {
            first--;
        }
        long last = from;
        long longest = 0;
        for (int i = first; i < count && nanos[i] - to < 0; i++) {
            longest = Math.max(longest, nanos[i] - last);
            last = nanos[i];
        }
        return Math.max(longest, to - last);
    }
}
