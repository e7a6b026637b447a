package dev.boreal.crossbar.service;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.crossbar.CrossbarConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The door {@code Crossbar} over journals that are counted from 0 in the order given.
 *
 * <p>Each subscription is a {@link Feed} of its own, with its own merge, thread, and subscriptions of the journals. That
 * reads every journal once per subscriber, from memory for all who keep up; in return subscribers share nothing that
 * one of them could hold up.
 */
public final class MergedCrossbar implements Crossbar, AutoCloseable {
    private final CrossbarConfiguration configuration;
    private final List<Feed> feeds = new ArrayList<>(); // guarded by this
    private volatile Journal[] journals;

    public MergedCrossbar(List<? extends Journal> journals, CrossbarConfiguration configuration) {
        this.journals = journals.toArray(Journal[]::new);
        this.configuration = configuration;
    }

    @Override
    public synchronized FeedSubscription subscribe(KeyRange range, FeedStart start, FeedSubscriber subscriber) {
        Feed feed = new Feed(configuration, range, start, subscriber, this::forget);
        feeds.add(feed);
        feed.begin(journals);
        return feed;
    }

    @Override
    public void requestAdvance(long timestamp) {
        for (Journal journal : journals) {
            journal.requestAdvance(timestamp);
        }
    }

    /**
     * Another journal joins, live, under the next index. Its writer must issue above every watermark published so far;
     * a feed that finds otherwise closes, and its subscriber subscribes anew.
     */
    public synchronized void addJournal(Journal journal) {
        int index = journals.length;
        Journal[] more = Arrays.copyOf(journals, index + 1);
        more[index] = journal;
        journals = more;
        for (Feed feed : List.copyOf(feeds)) {
            feed.join(journal);
        }
    }

    private synchronized void forget(Feed feed) {
        feeds.remove(feed);
    }

    /** Up to when every subscriber has everything; {@link Long#MIN_VALUE} if there is none, or one has nothing yet. */
    public synchronized long watermark() {
        long lowest = feeds.isEmpty() ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (Feed feed : feeds) {
            lowest = Math.min(lowest, feed.published());
        }
        return lowest;
    }

    /** How many subscribers there are. */
    public synchronized int feeds() {
        return feeds.size();
    }

    /** Closes every feed; subscribers are told. */
    @Override
    public void close() {
        List<Feed> open;
        synchronized (this) {
            open = List.copyOf(feeds);
        }
        for (Feed feed : open) {
            feed.fail("the crossbar is closed");
        }
    }
}
