package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The replicas to choose from, in order of preference, and which of them are silent. Any thread. */
final class Doors {
    private final Supplier<List<String>> replicas;
    private final Function<String, @Nullable Journal> toDoor;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /**
     * @param replicas names, the nearest first; may change
     * @param toDoor gives a replica's door, or null or an exception if there is none
     */
    Doors(Supplier<List<String>> replicas, Function<String, @Nullable Journal> toDoor) {
        this.replicas = replicas;
        this.toDoor = toDoor;
    }

    /**
     * The names in the order in which to try them: silent ones last.
     *
     * @param first who goes before the others that speak; null if nobody does
     */
    List<String> order(@Nullable String first) {
        Set<String> names = new LinkedHashSet<>();
        if (first != null) {
            names.add(first);
        }
        names.addAll(replicas.get());
        List<String> order = new ArrayList<>(names);
        List<String> last = new ArrayList<>(order);
        last.retainAll(silent);
        order.removeAll(last);
        order.addAll(last);
        return order;
    }

    /** Null if there is no way to it now. */
    @Nullable Journal door(String name) {
        try {
            return toDoor.apply(name);
        } catch (RuntimeException unreachable) {
            return null;
        }
    }

    /** Owes an answer for too long: stands still, perhaps, behind a connection that does. */
    void silent(String name) {
        silent.add(name);
    }

    /** Has answered, if only that it cannot. */
    void speaks(String name) {
        silent.remove(name);
    }

    boolean isSpeaking(String name) {
        return !silent.contains(name);
    }
}
