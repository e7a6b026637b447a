package dev.boreal.simulation.workload;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One transaction as its client saw it. Times are true times, which no client could know. */
public final class Attempt {
    /** How it ended. */
    public enum Ending {
        /** Nothing was heard yet. */
        OPEN,
        COMMITTED,
        /** Certainly nothing was written. */
        ABORTED,
        /** It may or may not have committed. */
        UNKNOWN
    }

    private final long id;
    private final String session;
    private final Plan plan;
    private final long begun;
    private final long snapshot;
    private final TreeMap<Item, Numbers> reads = new TreeMap<>();
    private final TreeMap<Item, Numbers> writes = new TreeMap<>();
    private @Nullable SortedMap<Item, Numbers> second;
    private Ending ending = Ending.OPEN;
    private long timestamp;
    private long ended = Long.MAX_VALUE;
    private String why = "";
    private boolean readAll;

    public Attempt(long id, String session, Plan plan, long begun, long snapshot) {
        this.id = id;
        this.session = session;
        this.plan = plan;
        this.begun = begun;
        this.snapshot = snapshot;
    }

    public void read(SortedMap<Item, Numbers> values) {
        reads.putAll(values);
        readAll = true;
    }

    public void readAgain(SortedMap<Item, Numbers> values) {
        second = values;
    }

    public void wrote(SortedMap<Item, Numbers> values) {
        writes.putAll(values);
    }

    /** @param committedAt its timestamp if it is known, else 0 */
    public void end(Ending how, long committedAt, long at, String reason) {
        ending = how;
        timestamp = committedAt;
        ended = at;
        why = reason;
    }

    public long id() {
        return id;
    }

    public String session() {
        return session;
    }

    public Plan plan() {
        return plan;
    }

    /** When its client began it. */
    public long begun() {
        return begun;
    }

    public long snapshot() {
        return snapshot;
    }

    /** Whether it has seen what it wanted to read; what is missing among {@link #reads} then did not exist. */
    public boolean readAll() {
        return readAll;
    }

    public SortedMap<Item, Numbers> reads() {
        return reads;
    }

    public @Nullable SortedMap<Item, Numbers> second() {
        return second;
    }

    public SortedMap<Item, Numbers> writes() {
        return writes;
    }

    public Ending ending() {
        return ending;
    }

    public boolean committed() {
        return ending == Ending.COMMITTED;
    }

    public long timestamp() {
        return timestamp;
    }

    /** When its client was answered. */
    public long ended() {
        return ended;
    }

    @Override
    public String toString() {
        return "T" + id + " of " + session + " (" + plan.workload() + ") at " + snapshot + " read " + reads
                + (writes.isEmpty() ? "" : " wrote " + writes) + ": " + ending
                + (timestamp == 0 ? "" : " at " + timestamp) + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
