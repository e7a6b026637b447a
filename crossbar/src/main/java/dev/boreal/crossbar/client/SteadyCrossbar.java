package dev.boreal.crossbar.client;

import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The door {@code Crossbar} over several crossbars, of which each feed uses one at a time: the nearest that works. When it
 * closes, breaks, or brings nothing while somebody waits, the feed is continued at the next one behind the last complete
 * transaction that the subscriber has heard. Any thread.
 *
 * <p>A feed ends only when it is closed here, or when what comes next was trimmed, which the subscriber hears.
 */
public final class SteadyCrossbar implements Crossbar, AutoCloseable {
    private final SteadyCrossbarConfiguration configuration;
    private final Timer timer;
    private final CopyOnWriteArrayList<SteadyFeed> feeds = new CopyOnWriteArrayList<>();
    private volatile List<Source> sources;

    /** A crossbar and what people call it. */
    record Source(String name, Crossbar door) {}

    /** @param nearestFirst the crossbars by name, in the order of preference; may be empty for the time being */
    public SteadyCrossbar(
            SequencedMap<String, ? extends Crossbar> nearestFirst,
            SteadyCrossbarConfiguration configuration,
            Timer timer) {
        this.sources = sources(nearestFirst);
        this.configuration = configuration;
        this.timer = timer;
    }

    /**
     * Replaces the crossbars. A feed that uses one which is no longer among them, or which stands behind another door
     * now, is continued at the first of them.
     */
    public void crossbars(SequencedMap<String, ? extends Crossbar> nearestFirst) {
        sources = sources(nearestFirst);
        for (SteadyFeed feed : feeds) {
            feed.sourcesChanged();
        }
    }

    private static List<Source> sources(SequencedMap<String, ? extends Crossbar> crossbars) {
        List<Source> sources = new ArrayList<>();
        crossbars.forEach((name, door) -> sources.add(new Source(name, door)));
        return List.copyOf(sources);
    }

    List<Source> sources() {
        return sources;
    }

    @Override
    public FeedSubscription subscribe(KeyRange range, FeedStart start, FeedSubscriber subscriber) {
        SteadyFeed feed = new SteadyFeed(this, configuration, timer, range, start, subscriber);
        feeds.add(feed);
        feed.connect();
        return feed;
    }

    @Override
    public void requestAdvance(long timestamp) {
        for (SteadyFeed feed : feeds) {
            feed.requestAdvance(timestamp);
        }
    }

    void forget(SteadyFeed feed) {
        feeds.remove(feed);
    }

    /** How each feed is doing. */
    public List<FeedStatus> status() {
        List<FeedStatus> status = new ArrayList<>();
        for (SteadyFeed feed : feeds) {
            status.add(feed.status());
        }
        return status;
    }

    /** Ends every feed; subscribers are told. The crossbars stay open. */
    @Override
    public void close() {
        for (SteadyFeed feed : feeds) {
            feed.end("the crossbar is closed");
        }
    }
}
