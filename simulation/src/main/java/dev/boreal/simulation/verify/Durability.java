package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.ListAppend;
import dev.boreal.simulation.workload.Numbers;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Every acknowledged append is there in the end. */
public final class Durability implements Verifier {
    @Override
    public @Nullable String findViolation(History history, SortedMap<Item, Numbers> last) {
        for (Attempt attempt : history.attempts()) {
            if (!attempt.committed()) {
                continue;
            }
            for (Map.Entry<Item, Numbers> write : attempt.writes().entrySet()) {
                Numbers found = last.getOrDefault(write.getKey(), Numbers.of());
                if (write.getKey().table() == ListAppend.TABLE
                        && !found.contains(write.getValue().last())) {
                    return "an acknowledged append is lost: " + write.getKey() + " is " + found + "\n  " + attempt;
                }
            }
        }
        return null;
    }
}
