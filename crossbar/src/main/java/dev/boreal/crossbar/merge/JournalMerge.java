package dev.boreal.crossbar.merge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Merges journals by (timestamp, journal). Each journal has <i>reached</i> a time: it will bring nothing at or below it
 * any more. The earliest waiting entry leaves once every journal has reached its timestamp; a journal with an entry
 * waiting has reached that entry, since timestamps rise strictly within a journal.
 *
 * <p>Every step looks at each journal once. Journals are few (one per adjudicator), so that beats a heap; with one
 * journal it is one comparison.
 *
 * <p>A pure core: not thread-safe, its owner is a feed.
 */
public final class JournalMerge {
    private final ArrayList<Lane> lanes = new ArrayList<>();
    private long released = Long.MIN_VALUE;

    private static final class Lane {
        private final ArrayDeque<MergeEntry> queue = new ArrayDeque<>();
        private long reached = Long.MIN_VALUE;
        private long bytes;
    }

    /**
     * Another journal joins; returns its index. Nothing leaves until it has said how far it is. What it brings at or
     * below the present {@link #watermark} is an error, found by {@link #offer}: a journal that joins a running
     * merge must start above it.
     */
    public int addJournal() {
        released = Math.max(released, watermark());
        lanes.add(new Lane());
        return lanes.size() - 1;
    }

    /** Takes an entry; timestamps of one journal rise. Returns what is wrong with it, or null. */
    public @Nullable String offer(MergeEntry entry) {
        Lane lane = lanes.get(entry.journal());
        if (entry.timestamp() <= lane.reached) {
            return "journal " + entry.journal() + " brought timestamp " + entry.timestamp() + " at position "
                    + entry.position() + " though it had promised nothing up to " + lane.reached;
        }
        if (entry.timestamp() <= released) {
            return "journal " + entry.journal() + " brought timestamp " + entry.timestamp() + " at position "
                    + entry.position() + ", below the watermark " + released + " of a feed that it joined later";
        }
        lane.reached = entry.timestamp();
        lane.bytes += entry.bytes();
        lane.queue.addLast(entry);
        return null;
    }

    /** The journal will bring nothing at or below {@code timestamp}. */
    public void raise(int journal, long timestamp) {
        Lane lane = lanes.get(journal);
        lane.reached = Math.max(lane.reached, timestamp);
    }

    /** Whether {@link #poll} would give an entry. */
    public boolean hasNext() {
        return next() >= 0;
    }

    /** The next entry in order, or null if some journal may still bring an earlier one. */
    public @Nullable MergeEntry poll() {
        int next = next();
        if (next < 0) {
            return null;
        }
        Lane lane = lanes.get(next);
        MergeEntry entry = lane.queue.removeFirst();
        lane.bytes -= entry.bytes();
        return entry;
    }

    private int next() {
        int first = -1;
        long earliest = Long.MAX_VALUE;
        long reachedByAll = Long.MAX_VALUE;
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            MergeEntry head = lane.queue.peekFirst();
            if (head != null && head.timestamp() < earliest) {
                earliest = head.timestamp();
                first = i;
            } else if (head == null) {
                reachedByAll = Math.min(reachedByAll, lane.reached);
            }
        }
        return first >= 0 && earliest <= reachedByAll ? first : -1;
    }

    /** Every entry at or below this has been polled, and none will come. Never falls. */
    public long watermark() {
        long watermark = lanes.isEmpty() ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            MergeEntry head = lane.queue.peekFirst();
            watermark = Math.min(watermark, head == null ? lane.reached : head.timestamp() - 1);
        }
        return Math.max(watermark, released);
    }

    public int journals() {
        return lanes.size();
    }

    /** How many entries of a journal wait. */
    public int waiting(int journal) {
        return lanes.get(journal).queue.size();
    }

    /** How many bytes these take. */
    public long waitingBytes(int journal) {
        return lanes.get(journal).bytes;
    }
}
