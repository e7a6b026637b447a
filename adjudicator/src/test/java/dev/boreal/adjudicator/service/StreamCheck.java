package dev.boreal.adjudicator.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The promise of a journal's stream: nothing at or below a heartbeat or an entry follows it. */
final class StreamCheck {
    private StreamCheck() {}

    /** What breaks the promise, or null. */
    static @Nullable String check(List<MemoryJournal.Item> stream) {
        long reached = 0;
        for (MemoryJournal.Item item : stream) {
            if (item.timestamp() <= reached) {
                return item + " after " + reached;
            }
            reached = item.timestamp();
        }
        return null;
    }
}
