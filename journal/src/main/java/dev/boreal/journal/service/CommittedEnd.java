package dev.boreal.journal.service;

import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.RecordTail;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of a replica's log as its subscribers see it: what is known here to be committed. The replica's thread announces
 * and delivers; readers join. Nobody misses or repeats an entry for the reason that {@link LogEnd} gives: the announcement and the list
 * of the live subscriptions to deliver to are one step under the lock.
 */
final class CommittedEnd implements StreamEnd {
    private static final int KEPT_ENTRIES = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private Subscription[] live = LiveSubscriptions.NOBODY;
    private volatile boolean awaited;
    private long committedPosition;
    private long watermark;
    private long deliveredIndex;
    private long deliveredPosition;
    private Subscription[] listening = LiveSubscriptions.NOBODY;
    private @Nullable PositionedEntry[] delivery = new PositionedEntry[64];

    /** For the replica's thread: everything up to here is committed, and durable here. */
    void committed(long position) {
        lock.lock();
        try {
            committedPosition = position;
            listening = live;
        } finally {
            lock.unlock();
        }
    }

    /** For the replica's thread: hands what was announced to those who were live then. */
    void deliver(long index, RecordTail tail) {
        long from = Math.max(deliveredIndex, tail.base());
        long before = deliveredPosition;
        Subscription[] to = listening;
        listening = LiveSubscriptions.NOBODY;
        deliveredIndex = index;
        deliveredPosition = tail.position(index);
        if (to.length == 0 || deliveredPosition == before) {
            return;
        }
        if (tail.position(from) > before) {
            // What lies between is on the disk only.
            for (Subscription subscription : to) {
                leave(subscription);
            }
            return;
        }
        deliver(to, from, index, before, tail);
    }

    private void deliver(Subscription[] to, long fromIndex, long toIndex, long behind, RecordTail tail) {
        int size = (int) (toIndex - fromIndex);
        if (delivery.length < size) {
            delivery = new PositionedEntry[size];
        }
        int count = 0;
        for (long index = fromIndex + 1; index <= toIndex; index++) {
            if (tail.kind(index) == RecordKind.ENTRY && tail.position(index) > behind) {
                delivery[count++] = new PositionedEntry(tail.position(index), tail.epoch(index), tail.entry(index));
            }
        }
        if (count > 0) {
            for (Subscription subscription : to) {
                subscription.deliverLive(delivery, count);
            }
        }
        if (delivery.length > KEPT_ENTRIES) {
            delivery = new PositionedEntry[KEPT_ENTRIES];
        } else {
            Arrays.fill(delivery, 0, count, null);
        }
    }

    /** For the replica's thread: everything at or below {@code timestamp} has been announced. */
    void watermark(long timestamp) {
        Subscription[] told;
        lock.lock();
        try {
            watermark = timestamp;
            told = live;
        } finally {
            lock.unlock();
        }
        for (Subscription subscription : told) {
            subscription.offerWatermark(timestamp);
        }
    }

    @Override
    public boolean join(Subscription subscription) {
        long reached;
        lock.lock();
        try {
            if (subscription.deliveredPosition() != committedPosition) {
                return false;
            }
            if (subscription.becomeLive()) {
                become(LiveSubscriptions.with(live, subscription));
            }
            reached = watermark;
        } finally {
            lock.unlock();
        }
        subscription.offerWatermark(reached);
        return true;
    }

    @Override
    public void leave(Subscription subscription) {
        lock.lock();
        try {
            Subscription[] fewer = LiveSubscriptions.without(live, subscription);
            if (fewer.length == live.length) {
                return;
            }
            become(fewer);
        } finally {
            lock.unlock();
        }
        subscription.fallBehind();
    }

    private void become(Subscription[] next) {
        live = next;
        awaited = Arrays.stream(next).anyMatch(subscription -> !subscription.isPatient());
    }

    /** Whether a live subscriber wants to hear news at once. */
    boolean isAwaited() {
        return awaited;
    }

    @Override
    public long durablePosition() {
        lock.lock();
        try {
            return committedPosition;
        } finally {
            lock.unlock();
        }
    }

    /** The highest watermark told. */
    long watermark() {
        lock.lock();
        try {
            return watermark;
        } finally {
            lock.unlock();
        }
    }
}
