package dev.boreal.simulation.node;

import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import java.util.List;

/** The door {@code Crossbar} as messages. */
public sealed interface FeedMessage {

    /** Hello of a subscriber. */
    record Subscribe(FeedStart start) implements FeedMessage {}

    record RequestAdvance(long timestamp) implements FeedMessage {}

    record Entries(List<FeedEntry> entries) implements FeedMessage {}

    record Watermark(long timestamp) implements FeedMessage {}
}
