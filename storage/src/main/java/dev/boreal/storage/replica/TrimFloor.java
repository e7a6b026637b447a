package dev.boreal.storage.replica;

import dev.boreal.contracts.feed.FeedStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Up to where journals may be trimmed for the sake of storage: the lowest of what every replica that exists has on disk. One
 * that is away, or that does not move although others do, is waited for as long as {@code patience}, and then holds nothing back any more:
 * if what it needs was trimmed when it goes on, it is built anew from another one's copy.
 *
 * <p>A pure core: not thread-safe. Whoever begins with one, after a restart say, counts every absence from then on.
 */
public final class TrimFloor {
    private static final FeedStart NOTHING = FeedStart.BEGINNING;

    private final long patience;
    private final Map<String, Told> replicas = new TreeMap<>();

    /** @param patienceNanos how long a replica is waited for that is away or stands still */
    public TrimFloor(long patienceNanos) {
        this.patience = patienceNanos;
    }

    /** @param at when it was well last */
    private record Told(FeedStart persisted, long at) {}

    /** A replica lives, and has everything up to these positions on disk. Times must not fall. */
    public void told(String replica, FeedStart persisted, long now) {
        Told before = replicas.get(replica);
        boolean standsStill = before != null && before.persisted.equals(persisted) && isBehind(persisted);
        replicas.put(replica, new Told(persisted, before != null && standsStill ? before.at : now));
    }

    private boolean isBehind(FeedStart persisted) {
        for (Told other : replicas.values()) {
            for (int journal = 0; journal < other.persisted.positions().length; journal++) {
                if (other.persisted.position(journal) > persisted.position(journal)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The register knows of a replica, which need not live: counts as told once, when it is first heard of. */
    public void known(String replica, FeedStart persisted, long now) {
        replicas.putIfAbsent(replica, new Told(persisted, now));
    }

    /** A replica is to exist, and has told nothing yet: it holds everything, for as long as one is waited for. */
    public void expected(String replica, long now) {
        known(replica, NOTHING, now);
    }

    /** The position per journal up to which all that count have everything; null if no replica counts: trim nothing. */
    public @Nullable FeedStart trimmable(long now) {
        long[] lowest = null;
        for (Told told : replicas.values()) {
            if (now - told.at <= patience) {
                lowest = lowest == null ? told.persisted.positions().clone() : lower(lowest, told.persisted);
            }
        }
        return lowest == null ? null : new FeedStart(lowest);
    }

    private static long[] lower(long[] lowest, FeedStart other) {
        long[] lower = Arrays.copyOf(lowest, Math.min(lowest.length, other.positions().length));
        for (int i = 0; i < lower.length; i++) {
            lower[i] = Math.min(lower[i], other.position(i));
        }
        return lower;
    }

    /** The replicas that are no longer waited for, by name. */
    public List<String> givenUp(long now) {
        List<String> names = new ArrayList<>();
        replicas.forEach((name, told) -> {
            if (now - told.at > patience) {
                names.add(name);
            }
        });
        return names;
    }
}
