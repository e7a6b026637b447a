package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.ListAppend;
import dev.boreal.simulation.workload.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A snapshot reads the same twice, at whatever replica, and a later snapshot sees no less than an earlier one. */
public final class RepeatableSnapshots implements Verifier {
    @Override
    public @Nullable String findViolation(History history, SortedMap<Item, Numbers> last) {
        List<Attempt> bySnapshot = new ArrayList<>();
        for (Attempt attempt : history.attempts()) {
            SortedMap<Item, Numbers> second = attempt.second();
            if (second != null && !second.equals(attempt.reads())) {
                return "a snapshot was read twice and differed: then " + second + "\n  " + attempt;
            }
            if (attempt.readAll()) {
                bySnapshot.add(attempt);
            }
        }
        bySnapshot.sort(Comparator.comparingLong(Attempt::snapshot));
        TreeMap<Item, Attempt> newest = new TreeMap<>();
        for (Attempt attempt : bySnapshot) {
            for (Item item : attempt.plan().reads()) {
                if (item.table() != ListAppend.TABLE) {
                    continue;
                }
                Attempt before = newest.put(item, attempt);
                if (before != null && !seen(before, item).isPrefixOf(seen(attempt, item))) {
                    return "a later snapshot saw less of " + item + "\n  " + before + "\n  " + attempt;
                }
            }
        }
        return null;
    }

    private static Numbers seen(Attempt attempt, Item item) {
        return attempt.reads().getOrDefault(item, Numbers.of());
    }
}
