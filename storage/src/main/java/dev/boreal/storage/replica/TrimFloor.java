package dev.boreal.storage.replica;

import dev.boreal.contracts.feed.FeedStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Up to where journals may be trimmed for the sake of storage: the lowest of what every known replica has on disk. A
 * replica that has not told anything for longer than {@code patience} is given up and holds nothing back any more: when it
 * comes back and what it needs was trimmed, it has to be built anew.
 *
 * <p>A pure core: not thread-safe. Whoever begins with one, after a restart say, hears of replicas that are away from the
 * register, and counts their absence from then on.
 */
public final class TrimFloor {
    private final long patience;
    private final Map<String, Told> replicas = new TreeMap<>();

    /** @param patienceNanos how long an absent replica is waited for */
    public TrimFloor(long patienceNanos) {
        this.patience = patienceNanos;
    }

    private record Told(FeedStart persisted, long at) {}

    /** A replica lives, and has everything up to these positions on disk. Times must not fall. */
    public void told(String replica, FeedStart persisted, long now) {
        replicas.put(replica, new Told(persisted, now));
    }

    /** The register knows of a replica, which need not live: counts as told once, when it is first heard of. */
    public void known(String replica, FeedStart persisted, long now) {
        replicas.putIfAbsent(replica, new Told(persisted, now));
    }

    /** Only these replicas exist: others were removed on purpose. */
    public void retain(Set<String> names) {
        replicas.keySet().retainAll(names);
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
