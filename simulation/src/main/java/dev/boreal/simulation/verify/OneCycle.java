package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import dev.boreal.simulation.workload.OneRing;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every snapshot of a ring shows one ring with all its links. */
public final class OneCycle implements Verifier {
    @Override
    public @Nullable String findViolation(History history, SortedMap<Item, Numbers> last) {
        for (Attempt attempt : history.attempts()) {
            if (attempt.readAll()) {
                String wrong = check(attempt.reads());
                if (wrong != null) {
                    return wrong + "\n  " + attempt;
                }
            }
        }
        return check(last);
    }

    private static @Nullable String check(SortedMap<Item, Numbers> values) {
        TreeMap<Integer, TreeMap<Integer, Integer>> rings = new TreeMap<>();
        values.forEach((item, value) -> {
            if (item.table() == OneRing.TABLE) {
                rings.computeIfAbsent(item.shard(), shard -> new TreeMap<>()).put(item.number(), (int) value.at(0));
            }
        });
        for (TreeMap<Integer, Integer> ring : rings.values()) {
            int at = 0;
            int steps = 0;
            do {
                Integer next = ring.get(at);
                if (next == null) {
                    return "the ring leads nowhere at " + at + ": " + ring;
                }
                at = next;
                steps++;
            } while (at != 0 && steps <= ring.size());
            if (steps != ring.size()) {
                return "the ring is not one ring of " + ring.size() + ": " + ring;
            }
        }
        return null;
    }
}
