package dev.boreal.contracts.feed;

import java.util.Arrays;

/**
 * From where a subscriber wants to be fed: per journal (by index, missing ones count as 0) the position of the last
 * commit record that it holds completely.
 */
public record FeedStart(long[] positions) {
    public static final FeedStart BEGINNING = new FeedStart(new long[0]);

    public long position(int journal) {
        return journal < positions.length ? positions[journal] : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeedStart that && Arrays.equals(positions, that.positions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(positions);
    }

    @Override
    public String toString() {
        return "FeedStart" + Arrays.toString(positions);
    }
}
