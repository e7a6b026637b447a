package dev.boreal.simulation.verify;

import dev.boreal.contracts.journal.PositionedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whoever is given an entry of a journal at some position is given the same one, for ever; and what a writer was told to be
 * durable at a position is what stands there.
 */
public final class JournalAgreement {
    private final TreeMap<Integer, List<PositionedEntry>> journals = new TreeMap<>();

    private final TreeMap<Integer, TreeMap<Long, Long>> acknowledged = new TreeMap<>();

    /** A writer is told that its entry of that timestamp is durable at {@code position}. */
    public @Nullable String acknowledged(int journal, long position, long timestamp) {
        Long before =
                acknowledged.computeIfAbsent(journal, first -> new TreeMap<>()).put(position, timestamp);
        if (before != null && before != timestamp) {
            return "journal " + journal + " acknowledged " + before + " and " + timestamp + " at position " + position;
        }
        List<PositionedEntry> entries = journals.getOrDefault(journal, List.of());
        return position <= entries.size() ? differs(journal, entries.get((int) position - 1)) : null;
    }

    private @Nullable String differs(int journal, PositionedEntry entry) {
        Long timestamp = acknowledged.getOrDefault(journal, new TreeMap<>()).get(entry.position());
        return timestamp == null || timestamp == entry.entry().timestamp()
                ? null
                : "journal " + journal + " acknowledged " + timestamp + " and delivered " + entry;
    }

    /** When everything was delivered: what was acknowledged and is not there. */
    public @Nullable String findLost() {
        for (Map.Entry<Integer, TreeMap<Long, Long>> journal : acknowledged.entrySet()) {
            int delivered = journals.getOrDefault(journal.getKey(), List.of()).size();
            Map.Entry<Long, Long> last = journal.getValue().lastEntry();
            if (last != null && last.getKey() > delivered) {
                return "journal " + journal.getKey() + " acknowledged " + last.getValue() + " at position "
                        + last.getKey() + ", but has " + delivered + " entries in the end";
            }
        }
        return null;
    }

    public @Nullable String delivered(int journal, PositionedEntry entry) {
        List<PositionedEntry> entries = journals.computeIfAbsent(journal, first -> new ArrayList<>());
        if (entry.position() == entries.size() + 1L) {
            entries.add(entry);
            return differs(journal, entry);
        }
        if (entry.position() > entries.size()) {
            return "journal " + journal + " delivered position " + entry.position() + " and never "
                    + (entries.size() + 1);
        }
        PositionedEntry before = entries.get((int) entry.position() - 1);
        return before.equals(entry) ? null : "journal " + journal + " delivered " + before + " and later " + entry;
    }
}
