package dev.boreal.storage.trim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The purges that wait for the horizon. Any thread. Equal ones count once, so that replay adds nothing. */
public final class Purges {
    private final Set<Purge> waiting = new LinkedHashSet<>();

    public Purges(List<Purge> kept) {
        waiting.addAll(kept);
    }

    public synchronized void add(Purge purge) {
        waiting.add(purge);
    }

    /** Those that may be carried out. */
    public synchronized List<Purge> due(long horizon) {
        List<Purge> due = new ArrayList<>();
        for (Purge purge : waiting) {
            if (purge.timestamp() <= horizon) {
                due.add(purge);
            }
        }
        return due;
    }

    public synchronized void done(Purge purge) {
        waiting.remove(purge);
    }
}
