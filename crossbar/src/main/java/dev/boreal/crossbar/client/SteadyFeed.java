package dev.boreal.crossbar.client;

import dev.boreal.clock.Timer;
import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.door.Crossbar.FeedSubscriber;
import dev.boreal.contracts.door.Crossbar.FeedSubscription;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.crossbar.client.SteadyCrossbar.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One subscriber's feed, through one crossbar after another.
 *
 * <p>Each connection is an {@link Attempt}. The subscriber is called only between {@code enter} and {@code leave} of the
 * attempt that is current; an attempt is replaced only while nobody is inside. So calls come one at a time and in order
 * though they come from different crossbars' threads, and what an abandoned crossbar still says is not heard. The monitor
 * is never held while the subscriber or a crossbar is called.
 */
final class SteadyFeed implements FeedSubscription {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyFeed.class);

    private final SteadyCrossbar owner;
    private final SteadyCrossbarConfiguration configuration;
    private final Timer timer;
    private final KeyRange range;
    private final FeedSubscriber subscriber;
    private final Continuation continuation; // used inside enter and leave, or while there is no attempt

    // guarded by this
    private @Nullable Attempt current;
    private boolean inside;
    private boolean leaving;
    private boolean over;
    private @Nullable String ending;
    private final Set<Source> failed = new HashSet<>();
    private boolean paused;
    private long pause;
    private long patience;
    private long breaks;
    private String lastBreak = "";

    private volatile boolean watched;
    private volatile long wanted = Long.MIN_VALUE;
    private volatile long heldBack = Long.MIN_VALUE;
    private volatile boolean resting;
    private volatile long published = Long.MIN_VALUE;
    private volatile long progress;
    private volatile @Nullable Crossbar inUse;

    SteadyFeed(
            SteadyCrossbar owner,
            SteadyCrossbarConfiguration configuration,
            Timer timer,
            KeyRange range,
            FeedStart start,
            FeedSubscriber subscriber) {
        this.owner = owner;
        this.configuration = configuration;
        this.timer = timer;
        this.range = range;
        this.subscriber = subscriber;
        this.continuation = new Continuation(start);
        this.pause = configuration.firstPause().toNanos();
        this.patience = configuration.patience().toNanos();
    }

    /** Subscribes at the best crossbar that has not failed lately, or comes back after a pause. */
    void connect() {
        Attempt attempt;
        FeedStart start;
        synchronized (this) {
            if (over || current != null || paused) {
                return;
            }
            Source source = choose();
            if (source == null) {
                pause();
                return;
            }
            attempt = new Attempt(source);
            start = continuation.start();
            current = attempt;
            inUse = source.door();
        }
        try {
            attempt.opened(attempt.source.door().subscribe(range, start, attempt));
            if (wanted > published) {
                attempt.source.door().requestAdvance(wanted);
            }
        } catch (RuntimeException e) {
            LOG.debug("Crossbar {} takes no subscription", attempt.source.name(), e);
            attempt.onClosed("it takes no subscription: " + e.getMessage());
        }
    }

    /** Under the monitor: the nearest one that has not failed since something came last. */
    private @Nullable Source choose() {
        for (Source source : owner.sources()) {
            if (!failed.contains(source)) {
                return source;
            }
        }
        return null;
    }

    /** Under the monitor. */
    private void pause() {
        paused = true;
        failed.clear();
        timer.after(pause, () -> {
            synchronized (this) {
                paused = false;
            }
            connect();
        });
        pause = Math.min(2 * pause, configuration.longestPause().toNanos());
    }

    private synchronized boolean enter(Attempt attempt) {
        if (over || current != attempt) {
            return false;
        }
        inside = true;
        return true;
    }

    /** The subscriber has returned: what had to wait for that is done now. */
    private void leave(Attempt attempt) {
        String end;
        boolean leave;
        synchronized (this) {
            inside = false;
            progress++;
            end = ending;
            leave = leaving;
            leaving = false;
            if (!failed.isEmpty() || pause != configuration.firstPause().toNanos()) {
                failed.clear();
                pause = configuration.firstPause().toNanos();
            }
        }
        if (end != null) {
            finish(attempt, end, false);
        } else if (leave) {
            abandon("another crossbar is to be used");
        }
    }

    /** Gives the present crossbar up and goes on elsewhere, as soon as nobody is inside. */
    private void abandon(String reason) {
        Attempt attempt;
        synchronized (this) {
            attempt = current;
            if (attempt == null || over) {
                return;
            }
            if (inside) {
                leaving = true;
                return;
            }
        }
        attempt.onClosed(reason);
    }

    private void broke(Attempt attempt, String reason) {
        boolean first;
        synchronized (this) {
            if (over || current != attempt) {
                return;
            }
            current = null;
            inUse = null;
            breaks++;
            lastBreak = attempt.source.name() + ": " + reason;
            first = failed.isEmpty();
            failed.add(attempt.source);
        }
        LOG.atLevel(first ? Level.INFO : Level.DEBUG)
                .log("A feed from crossbar {} broke off and is continued: {}", attempt.source.name(), reason);
        attempt.close();
        // By the timer: a crossbar that refuses at once must not become a recursion.
        timer.after(0, this::connect);
    }

    private void finish(@Nullable Attempt attempt, String reason, boolean trimmed) {
        synchronized (this) {
            if (over || (attempt != null && current != attempt)) {
                return;
            }
            over = true;
            current = null;
            inUse = null;
        }
        owner.forget(this);
        if (attempt != null) {
            attempt.close();
        }
        if (trimmed) {
            subscriber.onTrimmed(reason);
        } else {
            subscriber.onClosed(reason);
        }
    }

    /** Ends the feed and tells the subscriber, once it is not inside. */
    void end(String reason) {
        Attempt attempt;
        synchronized (this) {
            if (inside) {
                ending = reason;
                return;
            }
            attempt = current;
        }
        finish(attempt, reason, false);
    }

    void sourcesChanged() {
        Attempt attempt;
        synchronized (this) {
            failed.clear();
            attempt = current;
        }
        if (attempt != null && !owner.sources().contains(attempt.source)) {
            abandon("it is not used any more");
        } else {
            connect();
        }
    }

    /**
     * Readers ask whoever decides, on the shortest way, and here as well, and repeat that while they wait. So a question soon after
     * another one is held back, and passed on when it comes again.
     */
    void requestAdvance(long timestamp) {
        if (timestamp <= published) {
            return;
        }
        if (timestamp > wanted) {
            wanted = timestamp;
        }
        if (!watched) {
            watch();
        }
        if (resting && timestamp > heldBack) {
            heldBack = timestamp;
            return;
        }
        Crossbar door = inUse;
        if (door != null) {
            rest();
            door.requestAdvance(timestamp);
        }
    }

    private void rest() {
        if (!resting && configuration.rest().isPositive()) {
            resting = true;
            timer.after(configuration.rest().toNanos(), () -> resting = false);
        }
    }

    private synchronized void watch() {
        if (!watched && !over) {
            watched = true;
            long before = progress;
            timer.after(patience, () -> look(before));
        }
    }

    /** Somebody waited for a while: a crossbar that brought nothing meanwhile is given up. */
    private void look(long before) {
        boolean stuck;
        synchronized (this) {
            watched = false;
            if (wanted <= published) {
                return;
            }
            stuck = progress == before
                    && !inside
                    && current != null
                    && owner.sources().size() > 1;
            patience = stuck
                    ? Math.min(2 * patience, configuration.longestPatience().toNanos())
                    : progress == before ? patience : configuration.patience().toNanos();
        }
        if (stuck) {
            abandon("it brought nothing while readers waited");
        }
        watch();
    }

    synchronized FeedStatus status() {
        return new FeedStatus(current == null ? "" : current.source.name(), published, breaks, lastBreak);
    }

    @Override
    public void close() {
        Attempt attempt;
        synchronized (this) {
            over = true;
            attempt = current;
            current = null;
            inUse = null;
        }
        owner.forget(this);
        if (attempt != null) {
            attempt.close();
        }
    }

    /** The feed's subscription at one crossbar. */
    private final class Attempt implements FeedSubscriber {
        private final Source source;
        private @Nullable FeedSubscription subscription; // guarded by this
        private boolean closed; // guarded by this

        Attempt(Source source) {
            this.source = source;
        }

        void opened(FeedSubscription opened) {
            boolean late;
            synchronized (this) {
                subscription = opened;
                late = closed;
            }
            if (late) {
                opened.close();
            }
        }

        void close() {
            FeedSubscription opened;
            synchronized (this) {
                closed = true;
                opened = subscription;
            }
            if (opened != null) {
                opened.close();
            }
        }

        @Override
        public void onEntries(List<FeedEntry> entries) {
            if (!enter(this)) {
                return;
            }
            try {
                List<FeedEntry> fresh = continuation.fresh(entries);
                if (!fresh.isEmpty()) {
                    subscriber.onEntries(fresh);
                    continuation.delivered(fresh);
                }
            } finally {
                leave(this);
            }
        }

        @Override
        public void onWatermark(long timestamp) {
            if (timestamp <= published || !enter(this)) {
                return;
            }
            try {
                if (timestamp > published) {
                    published = timestamp;
                    subscriber.onWatermark(timestamp);
                }
            } finally {
                leave(this);
            }
        }

        @Override
        public void onClosed(String reason) {
            broke(this, reason);
        }

        @Override
        public void onTrimmed(String reason) {
            finish(this, reason, true);
        }
    }
}
