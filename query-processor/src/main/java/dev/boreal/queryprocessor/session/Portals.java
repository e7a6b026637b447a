package dev.boreal.queryprocessor.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session's portals by name: those that Bind made, and cursors. One thread at a time. */
final class Portals {
    private final Map<String, Portal> byName = new HashMap<>();

    Collection<Portal> all() {
        return byName.values();
    }

    boolean contains(String name) {
        return byName.containsKey(name);
    }

    @Nullable Portal get(String name) {
        return byName.get(name);
    }

    void put(Portal made) {
        byName.put(made.name(), made);
    }

    void close(String name) {
        Portal found = byName.remove(name);
        if (found != null) {
            found.close();
        }
    }

    void closeAll() {
        for (Portal portal : byName.values()) {
            portal.close();
        }
        byName.clear();
    }

    /** Ends every portal that does not outlive its transaction. */
    void release() {
        if (!byName.isEmpty()) {
            for (Portal portal : byName.values()) {
                if (!portal.held()) {
                    portal.close();
                }
            }
            byName.values().removeIf(portal -> !portal.held());
        }
    }
}
