package dev.boreal.adjudicator.conflict;

import java.util.Arrays;

/**
 * Who committed at which timestamp: a ring of the latest commits, so that a conflict can name its winner. Costs 24 bytes
 * per commit and the labels, which sessions share. What fell out of the ring is simply not named any more.
 */
final class RecentCommits {
    private final long[] timestamps;
    private final long[] transactionIds;
    private final String[] sessions;
    private final String[] regions;
    private long added;

    RecentCommits(int capacity) {
        timestamps = new long[capacity];
        transactionIds = new long[capacity];
        sessions = new String[capacity];
        regions = new String[capacity];
        Arrays.fill(sessions, "");
        Arrays.fill(regions, "");
    }

    /** Timestamps rise from call to call. */
    void add(long timestamp, long transactionId, String session, String region) {
        int at = index(added++);
        timestamps[at] = timestamp;
        transactionIds[at] = transactionId;
        sessions[at] = session;
        regions[at] = region;
    }

    /** A handle of the commit at {@code timestamp}, or -1 if it is not known. Good until the next {@link #add}. */
    int find(long timestamp) {
        long low = Math.max(0, added - timestamps.length);
        long high = added;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (timestamps[index(middle)] < timestamp) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < added && timestamps[index(low)] == timestamp ? index(low) : -1;
    }

    long transactionId(int handle) {
        return handle < 0 ? 0 : transactionIds[handle];
    }

    String session(int handle) {
        return handle < 0 ? "" : sessions[handle];
    }

    String region(int handle) {
        return handle < 0 ? "" : regions[handle];
    }

    private int index(long number) {
        return (int) (number % timestamps.length);
    }
}
