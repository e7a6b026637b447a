package dev.boreal.transport.crossbar;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.door.Crossbar.FeedSubscriber;
import dev.boreal.contracts.door.Crossbar.FeedSubscription;
import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.wire.CrossbarEvents;
import dev.boreal.contracts.wire.FeedEvents;
import dev.boreal.contracts.wire.FeedPiece;
import dev.boreal.contracts.wire.Subscribe;
import dev.boreal.transport.WireValues;
import dev.boreal.transport.link.ServerStream;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A feed for a subscriber in another process. The crossbar's thread puts entries in, and blocks while the subscriber's credit is
 * used up; the stream's loop takes them out.
 */
final class OfferedFeed implements FeedSubscriber {
    private static final Logger LOG = LoggerFactory.getLogger(OfferedFeed.class);
    private static final int BATCH_BYTES = 1 << 20;
    /** What an entry costs besides its writes. */
    static final int ENTRY_BYTES = 64;

    private final long id;
    private final ServerStream stream;
    private final Subscribe request;
    private final MpscUnboundedArrayQueue<FeedEntry> waiting = new MpscUnboundedArrayQueue<>(256);
    private volatile long watermark = Long.MIN_VALUE;
    private volatile @Nullable String closed;
    private volatile boolean trimmed;
    private long watermarkSent = Long.MIN_VALUE; // on the loop
    private boolean over; // on the loop

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition credited = lock.newCondition();
    private long credit; // guarded by lock
    private boolean ended; // guarded by lock
    private @Nullable FeedSubscription subscription; // guarded by lock

    OfferedFeed(long id, ServerStream stream, Subscribe request) {
        this.id = id;
        this.stream = stream;
        this.request = request;
        this.credit = request.getCredit();
    }

    static int cost(FeedEntry entry) {
        return entry.writes().length() + ENTRY_BYTES;
    }

    /** Subscribes. On a thread that may wait. */
    void begin(Crossbar crossbar) {
        FeedSubscription made;
        try {
            made = crossbar.subscribe(
                    WireValues.range(request.getRange()), WireValues.positions(request.getStart()), this);
        } catch (RuntimeException e) {
            LOG.error("A feed for {} could not begin", stream.member(), e);
            onClosed("the feed could not begin: " + e);
            return;
        }
        lock.lock();
        try {
            if (!ended) {
                subscription = made;
                return;
            }
        } finally {
            lock.unlock();
        }
        made.close();
    }

    void grant(long bytes) {
        lock.lock();
        try {
            credit += bytes;
            credited.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEntries(List<FeedEntry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            FeedEntry entry = entries.get(i);
            if (!takeCredit(cost(entry))) {
                return;
            }
            waiting.offer(entry);
        }
        stream.wake();
    }

    /** An entry larger than all credit goes when some is left. False if the feed has ended. */
    private boolean takeCredit(int bytes) {
        lock.lock();
        try {
            while (credit <= 0 && !ended) {
                stream.wake();
                credited.awaitUninterruptibly();
            }
            credit -= bytes;
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onWatermark(long timestamp) {
        watermark = timestamp;
        stream.wake();
    }

    @Override
    public void onClosed(String reason) {
        closed = reason;
        stream.wake();
    }

    @Override
    public void onTrimmed(String reason) {
        trimmed = true;
        onClosed(reason);
    }

    boolean isOver() {
        return over;
    }

    /** On the loop. */
    void close() {
        over = true;
        FeedSubscription last;
        lock.lock();
        try {
            ended = true;
            credited.signalAll();
            last = subscription;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }

    /** Adds what waits to a message; the watermark only if every entry from before it is in a message. */
    boolean addTo(CrossbarEvents.Builder batch) {
        String end = closed;
        long reached = watermark;
        FeedEntry entry = waiting.poll();
        if (over || (entry == null && end == null && reached <= watermarkSent)) {
            return false;
        }
        FeedEvents.Builder events = batch.addFeedsBuilder().setFeed(id);
        long bytes = 0;
        while (entry != null) {
            events.addEntries(write(entry));
            bytes += cost(entry);
            entry = bytes < BATCH_BYTES ? waiting.poll() : null;
        }
        if (bytes < BATCH_BYTES) {
            reached = latest(reached);
            if (reached > watermarkSent) {
                watermarkSent = reached;
                events.setWatermark(reached);
            }
            if (end != null) {
                over = true;
                events.setClosed(end).setTrimmed(trimmed);
            }
        }
        return true;
    }

    /** The newest watermark, if nothing came in front of it meanwhile; else the one that was read before the entries. */
    private long latest(long before) {
        long now = watermark;
        return waiting.isEmpty() ? now : before;
    }

    private static FeedPiece write(FeedEntry entry) {
        return FeedPiece.newBuilder()
                .setTimestamp(entry.timestamp())
                .setJournal(entry.journal())
                .setPosition(entry.position())
                .setWrites(WireValues.bytes(entry.writes()))
                .setLast(entry.last())
                .build();
    }
}
