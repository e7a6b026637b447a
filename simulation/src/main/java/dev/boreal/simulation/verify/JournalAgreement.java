package dev.boreal.simulation.verify;

import dev.boreal.contracts.journal.PositionedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whoever is given an entry of a journal at some position is given the same one, for ever. */
public final class JournalAgreement {
    private final TreeMap<Integer, List<PositionedEntry>> journals = new TreeMap<>();

    public @Nullable String delivered(int journal, PositionedEntry entry) {
        List<PositionedEntry> entries = journals.computeIfAbsent(journal, first -> new ArrayList<>());
        if (entry.position() == entries.size() + 1L) {
            entries.add(entry);
            return null;
        }
        if (entry.position() > entries.size()) {
            return "journal " + journal + " delivered position " + entry.position() + " and never "
                    + (entries.size() + 1);
        }
        PositionedEntry before = entries.get((int) entry.position() - 1);
        return before.equals(entry) ? null : "journal " + journal + " delivered " + before + " and later " + entry;
    }
}
