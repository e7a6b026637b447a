package dev.boreal.transport.crossbar;

import dev.boreal.contracts.door.Crossbar.FeedSubscriber;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.wire.FeedEvents;
import dev.boreal.contracts.wire.FeedPiece;
import dev.boreal.transport.WireValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed as the subscriber's process receives it. The loop puts in what arrives; a thread of the feed's delivers entries, and
 * gives credit back for what the subscriber has taken. A watermark goes with the last entries that arrived before it; if all
 * of those have been delivered, the loop delivers it itself, while it holds the lock that keeps calls one at a time.
 */
final class ReceivedFeed implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedFeed.class);

    private final String name;
    private final long window;
    private final FeedSubscriber subscriber;
    private final Upstream upstream;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final ArrayDeque<Portion> waiting = new ArrayDeque<>();
    private @Nullable Portion delivering;
    private @Nullable String closed;
    private boolean trimmed;
    private boolean over;

    /** What the feed says to where it comes from. Any thread; must not block. */
    interface Upstream {
        void credit(long bytes);

        void hangUp();
    }

    /** Entries of one message, and the watermark behind them, if one has come. */
    private static final class Portion {
        private final List<FeedEntry> entries;
        private final long bytes;
        private long watermark = Long.MIN_VALUE;

        Portion(List<FeedEntry> entries, long bytes) {
            this.entries = entries;
            this.bytes = bytes;
        }
    }

    ReceivedFeed(String name, long window, FeedSubscriber subscriber, Upstream upstream) {
        this.name = name;
        this.window = window;
        this.subscriber = subscriber;
        this.upstream = upstream;
    }

    void begin() {
        Thread.ofPlatform().daemon().name(name).start(this);
    }

    /** On the loop. */
    void arrived(FeedEvents events) {
        Portion portion = read(events);
        lock.lock();
        try {
            if (over) {
                return;
            }
            if (portion != null) {
                waiting.add(portion);
                something.signal();
            }
            if (events.getWatermark() != 0) {
                watermark(events.getWatermark());
            }
        } finally {
            lock.unlock();
        }
        if (events.hasClosed()) {
            end(events.getClosed(), events.getTrimmed());
        }
    }

    private static @Nullable Portion read(FeedEvents events) {
        int count = events.getEntriesCount();
        if (count == 0) {
            return null;
        }
        List<FeedEntry> entries = new ArrayList<>(count);
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            FeedPiece piece = events.getEntries(i);
            FeedEntry entry = new FeedEntry(
                    piece.getTimestamp(),
                    piece.getJournal(),
                    piece.getPosition(),
                    WireValues.writes(piece.getWrites()),
                    piece.getLast());
            bytes += OfferedFeed.cost(entry);
            entries.add(entry);
        }
        return new Portion(entries, bytes);
    }

    /** Under the lock. */
    private void watermark(long timestamp) {
        Portion last = waiting.isEmpty() ? delivering : waiting.getLast();
        if (last != null) {
            last.watermark = timestamp;
            return;
        }
        tell(timestamp);
    }

    /** Under the lock. */
    private void tell(long timestamp) {
        try {
            subscriber.onWatermark(timestamp);
        } catch (RuntimeException e) {
            LOG.error("A subscriber failed on watermark {} of the {}", timestamp, name, e);
            closed = "the subscriber failed on a watermark: " + e;
            something.signal();
        }
    }

    /** The feed is over when everything that arrived has been delivered. Any thread. */
    void end(String reason, boolean forGood) {
        lock.lock();
        try {
            if (closed == null) {
                closed = reason;
                trimmed = forGood;
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The subscriber wants no more. */
    void close() {
        lock.lock();
        try {
            over = true;
            waiting.clear();
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        long taken = 0;
        for (Portion next = take(); next != null; next = take()) {
            try {
                subscriber.onEntries(next.entries);
            } catch (RuntimeException e) {
                LOG.error("A subscriber failed on the {}", name, e);
                upstream.hangUp();
                fail("the subscriber failed: " + e);
                break;
            }
            delivered(next);
            taken += next.bytes;
            if (taken >= window / 4) {
                upstream.credit(taken);
                taken = 0;
            }
        }
        tellClosed();
    }

    /** The next entries; null when the feed is over. */
    private @Nullable Portion take() {
        lock.lock();
        try {
            while (!over) {
                Portion next = waiting.poll();
                if (next != null) {
                    delivering = next;
                    return next;
                }
                if (closed != null) {
                    return null;
                }
                something.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void delivered(Portion portion) {
        lock.lock();
        try {
            delivering = null;
            if (portion.watermark != Long.MIN_VALUE && !over) {
                tell(portion.watermark);
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(String reason) {
        lock.lock();
        try {
            closed = reason;
            waiting.clear();
            delivering = null;
        } finally {
            lock.unlock();
        }
    }

    private void tellClosed() {
        String reason;
        boolean forGood;
        lock.lock();
        try {
            reason = over ? null : closed;
            forGood = trimmed;
            over = true;
        } finally {
            lock.unlock();
        }
        if (reason == null) {
            return;
        }
        try {
            if (forGood) {
                subscriber.onTrimmed(reason);
            } else {
                subscriber.onClosed(reason);
            }
        } catch (RuntimeException e) {
            LOG.error("A subscriber failed to hear that its feed is over: {}", reason, e);
        }
    }
}
