package dev.boreal.contracts.door;

import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import java.util.List;

/** Merges all journals into one order, {@code (timestamp, journal)}, and routes it by key range. Any thread may call. */
public interface Crossbar {

    /**
     * Streams the part of every committed transaction that falls into {@code range}, in merged order, behind
     * {@code start}, with watermarks between. A subscriber that is slow falls back to reading the journals, and holds
     * nobody else up.
     */
    FeedSubscription subscribe(KeyRange range, FeedStart start, FeedSubscriber subscriber);

    /**
     * A replica waits for {@code timestamp}: asks every journal that is behind. May raise watermarks on the calling
     * thread before it returns. Must not be called from inside a subscriber's callback.
     */
    void requestAdvance(long timestamp);

    /** Hears a feed. Calls come one at a time, in order. A slow subscriber may block in {@link #onEntries}. */
    interface FeedSubscriber {
        /** The list is the subscriber's to read during the call only; the entries are immutable. */
        void onEntries(List<FeedEntry> entries);

        /**
         * Everything {@code <= timestamp} in the range has been delivered. Rises strictly. May come on any thread, in
         * particular on one inside {@link #requestAdvance}. Must not block.
         */
        void onWatermark(long timestamp);

        /** The feed is over: why, for people. Nothing is delivered afterwards. Another one may continue it. */
        void onClosed(String reason);

        /**
         * The feed is over, and none can continue it: what comes next was trimmed from a journal. Whoever depends on it has
         * to be built anew. Nothing is delivered afterwards.
         */
        default void onTrimmed(String reason) {
            onClosed(reason);
        }
    }

    /** A subscriber's handle. */
    interface FeedSubscription extends AutoCloseable {
        @Override
        void close();
    }
}
