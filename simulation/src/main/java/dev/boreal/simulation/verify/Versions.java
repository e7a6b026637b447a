package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.ListAppend;
import dev.boreal.simulation.workload.Numbers;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * In which order the lists of a history grew: the longest list that anybody saw, which everybody else must have seen a
 * beginning of. And who appended what.
 */
final class Versions {
    private final TreeMap<Item, Numbers> longest = new TreeMap<>();
    private final TreeMap<Long, Attempt> writers = new TreeMap<>();

    private Versions() {}

    /** @param last what was read in the end */
    static Versions of(History history, SortedMap<Item, Numbers> last) {
        Versions versions = new Versions();
        last.forEach(versions::see);
        for (Attempt attempt : history.attempts()) {
            attempt.reads().forEach(versions::see);
            attempt.writes().forEach((item, value) -> {
                if (item.table() == ListAppend.TABLE) {
                    int from = attempt.reads().getOrDefault(item, Numbers.of()).size();
                    for (int i = from; i < value.size(); i++) {
                        versions.writers.put(value.at(i), attempt);
                    }
                }
            });
        }
        return versions;
    }

    private void see(Item item, Numbers value) {
        if (item.table() == ListAppend.TABLE) {
            longest.merge(item, value, (one, other) -> other.size() > one.size() ? other : one);
        }
    }

    Map<Item, Numbers> longest() {
        return longest;
    }

    Numbers order(Item item) {
        return longest.getOrDefault(item, Numbers.of());
    }

    @Nullable Attempt writer(long number) {
        return writers.get(number);
    }

    /** Whether it committed as far as can be known: it was told so, or somebody saw what it wrote. */
    boolean took(Attempt attempt) {
        if (attempt.committed()) {
            return true;
        }
        for (Map.Entry<Item, Numbers> write : attempt.writes().entrySet()) {
            if (write.getKey().table() == ListAppend.TABLE
                    && order(write.getKey()).contains(write.getValue().last())) {
                return true;
            }
        }
        return false;
    }
}
