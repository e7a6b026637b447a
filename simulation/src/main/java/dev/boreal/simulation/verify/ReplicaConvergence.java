package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Replicas that have reached one time hold the same as of that time. */
public final class ReplicaConvergence {
    /** @param replicas what each holds, by name */
    public @Nullable String findViolation(SortedMap<String, SortedMap<Item, Numbers>> replicas) {
        String first = null;
        for (Map.Entry<String, SortedMap<Item, Numbers>> replica : replicas.entrySet()) {
            if (first == null) {
                first = replica.getKey();
                continue;
            }
            SortedMap<Item, Numbers> expected = replicas.get(first);
            if (expected != null && !expected.equals(replica.getValue())) {
                return "replicas differ:" + differences(first, expected, replica.getKey(), replica.getValue());
            }
        }
        return null;
    }

    private static String differences(
            String one, SortedMap<Item, Numbers> first, String other, SortedMap<Item, Numbers> second) {
        StringBuilder text = new StringBuilder();
        TreeSet<Item> items = new TreeSet<>(first.keySet());
        items.addAll(second.keySet());
        for (Item item : items) {
            Numbers here = first.get(item);
            Numbers there = second.get(item);
            if (here == null || !here.equals(there)) {
                text.append("\n  ")
                        .append(item)
                        .append(" at ")
                        .append(one)
                        .append(": ")
                        .append(here);
                text.append("\n  ")
                        .append(item)
                        .append(" at ")
                        .append(other)
                        .append(": ")
                        .append(there);
            }
        }
        return text.toString();
    }
}
