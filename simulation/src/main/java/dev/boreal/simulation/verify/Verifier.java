package dev.boreal.simulation.verify;

import dev.boreal.simulation.workload.History;
import dev.boreal.simulation.workload.Item;
import dev.boreal.simulation.workload.Numbers;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A promise that a history keeps, or not. */
public interface Verifier {

    /**
     * @param last what was read at one replica after everything was over
     * @return what is wrong, for people, or null
     */
    @Nullable String findViolation(History history, SortedMap<Item, Numbers> last);

    default String name() {
        return getClass().getSimpleName();
    }
}
