package dev.boreal.crossbar.client;

import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far a subscriber has been fed: per journal the last transaction whose last piece it has heard. A pure core: not
 * thread-safe, its owner is a feed.
 */
final class Continuation {
    private long[] positions;

    Continuation(FeedStart start) {
        positions = start.positions().clone();
    }

    /** From where another crossbar is to go on. Pieces of an unfinished transaction come again. */
    FeedStart start() {
        return new FeedStart(positions.clone());
    }

    /** The entries that the subscriber does not hold yet; the list itself if that is all. */
    List<FeedEntry> fresh(List<FeedEntry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (isHeld(entries.get(i))) {
                return without(entries, i);
            }
        }
        return entries;
    }

    private List<FeedEntry> without(List<FeedEntry> entries, int firstHeld) {
        List<FeedEntry> fresh = new ArrayList<>(entries.subList(0, firstHeld));
        for (int i = firstHeld + 1; i < entries.size(); i++) {
            if (!isHeld(entries.get(i))) {
                fresh.add(entries.get(i));
            }
        }
        return fresh;
    }

    private boolean isHeld(FeedEntry entry) {
        return entry.journal() < positions.length && entry.position() <= positions[entry.journal()];
    }

    /** The subscriber has heard them. */
    void delivered(List<FeedEntry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            FeedEntry entry = entries.get(i);
            if (entry.last()) {
                if (entry.journal() >= positions.length) {
                    positions = Arrays.copyOf(positions, entry.journal() + 1);
                }
                positions[entry.journal()] = entry.position();
            }
        }
    }
}
