package dev.boreal.crossbar.service;

import dev.boreal.contracts.door.Crossbar.FeedSubscriber;
import dev.boreal.contracts.door.Crossbar.FeedSubscription;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.crossbar.CrossbarConfiguration;
import dev.boreal.crossbar.merge.JournalMerge;
import dev.boreal.crossbar.merge.MergeEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's feed: a merge, and a thread that delivers.
 *
 * <p>Journals' threads only put entries into the merge and go on; the feed's thread takes them out in batches and calls
 * the subscriber, which may block. What it has not taken is bounded by the credit given to each journal.
 *
 * <p>Watermarks take no detour. While the feed's thread sleeps, everything released has been delivered, so a watermark
 * that a journal raises is published at once, on the thread that raised it: for a statement that waits for its snapshot
 * that is its own thread, inside {@code requestAdvance}. While the feed's thread delivers, it publishes the watermark
 * itself afterwards. Publishing happens under the feed's lock, which keeps watermarks in order and calls one at a time.
 */
final class Feed implements FeedSubscription {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final AtomicLong NUMBER = new AtomicLong();

    private final CrossbarConfiguration configuration;
    private final FeedStart start;
    private final FeedSubscriber subscriber;
    private final Consumer<Feed> whenOver;
    private final Delivery delivery;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final JournalMerge merge = new JournalMerge();
    private final ArrayList<Lane> lanes = new ArrayList<>();
    private volatile long published = Long.MIN_VALUE; // written under the lock
    private boolean delivering;
    private boolean over;
    private @Nullable String failure;
    private @Nullable Lane ended; // the lane whose journal ended its stream, if that is the failure

    Feed(
            CrossbarConfiguration configuration,
            KeyRange range,
            FeedStart start,
            FeedSubscriber subscriber,
            Consumer<Feed> whenOver) {
        this.configuration = configuration;
        this.start = start;
        this.subscriber = subscriber;
        this.whenOver = whenOver;
        this.delivery = new Delivery(configuration, range, subscriber);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("crossbar-feed-" + NUMBER.incrementAndGet())
                .unstarted(this::run);
    }

    /** Subscribes to all journals and starts. All join the merge before the first speaks. */
    void begin(Journal[] journals) {
        List<Lane> joined = new ArrayList<>();
        lock.lock();
        try {
            for (Journal journal : journals) {
                joined.add(addLane(journal));
            }
        } finally {
            lock.unlock();
        }
        for (Lane lane : joined) {
            subscribe(lane);
        }
        thread.start();
    }

    /** A journal joins the running feed. */
    void join(Journal journal) {
        Lane lane;
        lock.lock();
        try {
            lane = addLane(journal);
        } finally {
            lock.unlock();
        }
        subscribe(lane);
        wake();
    }

    private void subscribe(Lane lane) {
        try {
            lane.subscribe(start.position(lane.index()));
        } catch (RuntimeException e) {
            LOG.debug("Journal {} takes no subscription", lane.index(), e);
            fail(lane, "journal " + lane.index() + " takes no subscription: " + e.getMessage());
        }
    }

    private Lane addLane(Journal journal) {
        Lane lane = new Lane(this, journal, merge.addJournal(), configuration);
        lanes.add(lane);
        return lane;
    }

    /** Up to when the subscriber has everything; {@link Long#MIN_VALUE} before it has anything. */
    long published() {
        return published;
    }

    /** Entries of a journal: commit records to merge, and up to which time the journal has come. */
    void offer(Lane lane, List<MergeEntry> entries, long reached, int received, long bytes) {
        lock.lock();
        try {
            for (int i = 0; i < entries.size() && failure == null; i++) {
                failure = merge.offer(entries.get(i));
            }
            merge.raise(lane.index(), reached);
            lane.credit().received(received, bytes);
            if (!delivering) {
                something.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A journal promises to bring nothing at or below {@code timestamp}. */
    void raise(Lane lane, long timestamp) {
        lock.lock();
        try {
            merge.raise(lane.index(), timestamp);
            if (!delivering) {
                if (merge.hasNext()) {
                    something.signal();
                } else {
                    publish();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock, with everything polled from the merge delivered. */
    private void publish() {
        long watermark = merge.watermark();
        if (watermark > published && !over && failure == null) {
            published = watermark;
            try {
                subscriber.onWatermark(watermark);
            } catch (RuntimeException e) {
                LOG.error("A subscriber failed on watermark {}", watermark, e);
                failure = "the subscriber failed on a watermark: " + e;
                something.signal();
            }
        }
    }

    /** A journal ended its stream, which ends the feed: whether for good is looked up when the subscriber is told. */
    void fail(Lane lane, String reason) {
        lock.lock();
        try {
            ended = failure == null ? lane : ended;
        } finally {
            lock.unlock();
        }
        fail(reason);
    }

    /** Ends the feed with a reason that the subscriber is told, once the call in progress is over. */
    void fail(String reason) {
        lock.lock();
        try {
            failure = failure == null ? reason : failure;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            over = true;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        List<MergeEntry> batch = new ArrayList<>();
        while (await(batch)) {
            String reason = delivery.deliver(batch, this::journal);
            batch.clear();
            if (reason != null) {
                fail(reason);
            }
            giveCredit();
        }
        end();
    }

    /** Waits for entries, which it puts into {@code batch}, or for a journal that wants credit; false when it is over. */
    private boolean await(List<MergeEntry> batch) {
        lock.lock();
        try {
            delivering = false;
            while (!over && failure == null) {
                publish();
                fill(batch);
                if (!batch.isEmpty() || wantsCredit()) {
                    delivering = true;
                    return true;
                }
                something.awaitUninterruptibly();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void fill(List<MergeEntry> batch) {
        long bytes = 0;
        while (batch.size() < configuration.batchEntries() && bytes < configuration.batchBytes()) {
            MergeEntry next = merge.poll();
            if (next == null) {
                return;
            }
            batch.add(next);
            bytes += next.record().bytes().length;
        }
    }

    private boolean wantsCredit() {
        for (Lane lane : lanes) {
            if (lane.isSubscribed()
                    && lane.credit().wants(merge.waiting(lane.index()), merge.waitingBytes(lane.index()))) {
                return true;
            }
        }
        return false;
    }

    /** Outside the lock: a journal may deliver on the thread that asks. */
    private void giveCredit() {
        for (int i = 0; ; i++) {
            Lane lane;
            long more;
            lock.lock();
            try {
                if (i >= lanes.size() || over) {
                    return;
                }
                lane = lanes.get(i);
                more = lane.isSubscribed() ? lane.credit().take(merge.waiting(i), merge.waitingBytes(i)) : 0;
            } finally {
                lock.unlock();
            }
            if (more > 0) {
                lane.request(more);
            }
        }
    }

    private Journal journal(int index) {
        lock.lock();
        try {
            return lanes.get(index).journal();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        String reason;
        List<Lane> open;
        Lane last;
        lock.lock();
        try {
            reason = over ? null : failure;
            last = ended;
            over = true;
            open = List.copyOf(lanes);
        } finally {
            lock.unlock();
        }
        for (Lane lane : open) {
            lane.close();
        }
        whenOver.accept(this);
        if (reason != null) {
            try {
                if (last != null && last.isTrimmed()) {
                    subscriber.onTrimmed(reason);
                } else {
                    subscriber.onClosed(reason);
                }
            } catch (RuntimeException e) {
                LOG.error("A subscriber failed to hear that its feed is over: {}", reason, e);
            }
        }
    }
}
