package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The replicas to choose from, in order of preference, and who is thought to lead. Any thread.
 *
 * @param replicas names, the nearest first; may change
 * @param toDoor gives a replica's door, or null or an exception if there is none
 */
record Doors(Supplier<List<String>> replicas, Function<String, @Nullable Journal> toDoor) {

    /** The names in the order in which to try them. */
    List<String> order(@Nullable String first) {
        Set<String> names = new LinkedHashSet<>();
        if (first != null) {
            names.add(first);
        }
        names.addAll(replicas.get());
        return new ArrayList<>(names);
    }

    /** Null if there is no way to it now. */
    @Nullable Journal door(String name) {
        try {
            return toDoor.apply(name);
        } catch (RuntimeException unreachable) {
            return null;
        }
    }
}
