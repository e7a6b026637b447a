package dev.boreal.simulation.workload;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A transaction to be: what it reads, and what it writes when it has read that.
 *
 * @param workload whose it is
 * @param reads in this order
 * @param readsTwice whether it reads everything once more, perhaps elsewhere, before it commits
 * @param body what it writes
 */
public record Plan(String workload, List<Item> reads, boolean readsTwice, Body body) {
    /** Reads only. */
    public static final Body NOTHING = (values, writes) -> {};

    /** Decides from what was read what to write: all in one shard. */
    public interface Body {
        void write(SortedMap<Item, Numbers> values, Map<Item, Numbers> writes);
    }
}
