package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.Attempt;
import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A transaction commits above its own snapshot. */
public final class CommitAfterSnapshot implements Verifier {
    @Override
    public @Nullable String findViolation(History history, SortedMap<Item, Numbers> last) {
        for (Attempt attempt : history.attempts()) {
            if (attempt.timestamp() != 0 && attempt.timestamp() <= attempt.snapshot()) {
                return attempt.toString();
            }
        }
        return null;
    }
}
