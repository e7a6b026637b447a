package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.door.Journal.Writer;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.order.AppendQueue;
import dev.boreal.journal.order.JournalOrder;
import dev.boreal.journal.record.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log, where everybody meets: who appends, who writes, who listens live. One lock guards the
 * {@link JournalOrder}, the queue and the list of live subscriptions. It is held for moments only, never over the disk or
 * a callback, so a heartbeat never waits for a sync.
 *
 * <p><b>Why no subscriber misses or repeats an entry.</b> A subscription becomes live, under the lock, only if it has
 * everything that is durable. The writer announces what has become durable and takes the list of live subscriptions under
 * the same lock in one step, and then delivers to exactly those. So whoever joins before the announcement is on the list,
 * and whoever joins after it has read those entries as history.
 *
 * <p><b>Why a watermark may be told outside the lock.</b> A watermark is computed under the lock together with a list of
 * subscriptions that all have, or are just being given, everything below it. Such a claim never becomes false. If another
 * thread tells the subscription something later first, the claim no longer rises, and the subscription drops it.
 */
final class LogEnd implements StreamEnd {
    private final JournalConfiguration configuration;
    private final JournalOrder order;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private AppendQueue filling = new AppendQueue();
    private @Nullable AppendQueue spare = new AppendQueue();
    private boolean writerWaits;
    private @Nullable String unavailable;
    private boolean closing;
    private Subscription[] live = LiveSubscriptions.NOBODY;
    private @Nullable Writer writer;

    LogEnd(JournalConfiguration configuration, JournalOrder order) {
        this.configuration = configuration;
        this.order = order;
    }

    /** Admits an entry, or says why not. */
    @Nullable AppendRefusal append(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        lock.lock();
        try {
            if (unavailable != null) {
                return new AppendRefusal.Unavailable(unavailable, false);
            }
            if (entry.payload().length > configuration.maxEntryBytes()) {
                return new AppendRefusal.TooLarge(configuration.maxEntryBytes());
            }
            AppendRefusal refusal = order.refusal(epoch, entry.timestamp(), expectedPosition);
            if (refusal != null) {
                return refusal;
            }
            if (filling.size() >= configuration.queueEntries() || filling.bytes() >= configuration.queueBytes()) {
                return new AppendRefusal.Overloaded();
            }
            long floor = order.lastTimestamp();
            long position = order.admit(entry.timestamp());
            enqueue(RecordKind.ENTRY, position, epoch, floor, entry, listener);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(
            RecordKind kind, long position, long epoch, long floor, JournalEntry entry, AppendListener listener) {
        filling.add(kind, 0, position, epoch, floor, entry, listener);
        if (writerWaits) {
            work.signal();
        }
    }

    private void enqueueMark(RecordKind kind, byte[] payload, AppendListener listener) {
        long floor = order.lastTimestamp();
        enqueue(kind, order.lastPosition(), order.epoch(), floor, new JournalEntry(floor, payload), listener);
    }

    /** Begins an epoch if it may; {@code listener} hears when it is durable, and only if the outcome is Opened. */
    OpenOutcome open(String owner, long expectedEpoch, AppendListener listener) {
        lock.lock();
        try {
            if (unavailable != null) {
                return new OpenOutcome.Unavailable(unavailable);
            }
            if (order.epoch() != expectedEpoch) {
                return new OpenOutcome.EpochMoved(order.epoch(), order.owner());
            }
            long epoch = order.openEpoch(owner);
            writer = null;
            enqueueMark(RecordKind.EPOCH, owner.getBytes(StandardCharsets.UTF_8), listener);
            return new OpenOutcome.Opened(epoch, order.lastPosition(), order.lastTimestamp());
        } finally {
            lock.unlock();
        }
    }

    /** Requests for an advance go to {@code newWriter} from here on, if {@code epoch} still is the open one. */
    void install(long epoch, Writer newWriter) {
        lock.lock();
        try {
            if (order.isOpen(epoch) && unavailable == null) {
                writer = newWriter;
            }
        } finally {
            lock.unlock();
        }
    }

    /** As the door's. */
    OpenOutcome resume(long epoch, Writer newWriter) {
        lock.lock();
        try {
            if (unavailable != null) {
                return new OpenOutcome.Unavailable(unavailable);
            }
            if (!order.isOpen(epoch)) {
                return new OpenOutcome.EpochMoved(order.epoch(), order.owner());
            }
            writer = newWriter;
            return new OpenOutcome.Opened(epoch, order.lastPosition(), order.lastTimestamp());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Seals {@code epoch} if it is the current one; {@code listener} hears when that is durable.
     *
     * @return whether it will hear
     */
    boolean seal(long epoch, AppendListener listener) {
        lock.lock();
        try {
            if (epoch != order.epoch() || epoch == 0 || unavailable != null) {
                return false;
            }
            order.seal();
            writer = null;
            enqueueMark(RecordKind.SEAL, new byte[0], listener);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** As the door's. */
    void heartbeat(long epoch, long timestamp) {
        Subscription[] listening;
        lock.lock();
        try {
            if (!order.promise(epoch, timestamp) || !order.isAllDelivered()) {
                return;
            }
            listening = live;
        } finally {
            lock.unlock();
        }
        for (Subscription subscription : listening) {
            subscription.offerWatermark(timestamp);
        }
    }

    /** Everything waiting, in order; waits until there is something. Null when closing, with nothing left. */
    @Nullable AppendQueue take() {
        lock.lock();
        try {
            while (filling.size() == 0) {
                if (closing) {
                    return null;
                }
                writerWaits = true;
                work.awaitUninterruptibly();
                writerWaits = false;
            }
            AppendQueue taken = filling;
            filling = spare == null ? new AppendQueue() : spare;
            spare = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what {@link #take} gave: all of it has been answered. */
    void release(AppendQueue taken) {
        taken.clear();
        lock.lock();
        try {
            spare = taken;
        } finally {
            lock.unlock();
        }
    }

    /** Everything up to {@code position} is durable: returns whom to deliver it to. */
    Subscription[] announceDurable(long position) {
        lock.lock();
        try {
            order.durable(position);
            return live;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The live subscriptions have everything up to {@code position}; tells them the watermark.
     *
     * @param nextFloor floor of the first record taken but not yet written, or -1 if there is none
     */
    void announceDelivered(long position, long nextFloor) {
        Subscription[] listening;
        long watermark;
        lock.lock();
        try {
            long floor = nextFloor >= 0 || filling.size() == 0 ? nextFloor : filling.floor(0);
            order.delivered(position, floor);
            watermark = order.watermark();
            listening = live;
        } finally {
            lock.unlock();
        }
        for (Subscription subscription : listening) {
            subscription.offerWatermark(watermark);
        }
    }

    /** Takes no further append, and gives what was waiting to be refused. */
    AppendQueue fail(String message) {
        lock.lock();
        try {
            if (unavailable == null) {
                unavailable = message;
            }
            writer = null;
            closing = true;
            AppendQueue waiting = filling;
            filling = new AppendQueue();
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no further append; the writer ends when it has written what waits. */
    void close(String message, AppendListener listener) {
        lock.lock();
        try {
            if (unavailable == null) {
                unavailable = message;
                enqueueMark(RecordKind.CLOSE, new byte[0], listener);
            }
            writer = null;
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean join(Subscription subscription) {
        long watermark;
        lock.lock();
        try {
            if (subscription.deliveredPosition() != order.durablePosition()) {
                return false;
            }
            if (subscription.becomeLive()) {
                live = LiveSubscriptions.with(live, subscription);
            }
            watermark = order.watermark();
        } finally {
            lock.unlock();
        }
        subscription.offerWatermark(watermark);
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
            live = fewer;
        } finally {
            lock.unlock();
        }
        subscription.fallBehind();
    }

    /** Whom to ask for a watermark of {@code timestamp}, or null if nobody need be or can be asked. */
    @Nullable Writer writerBehind(long timestamp) {
        lock.lock();
        try {
            return order.lastTimestamp() >= timestamp ? null : writer;
        } finally {
            lock.unlock();
        }
    }

    long epoch() {
        lock.lock();
        try {
            return order.epoch();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long durablePosition() {
        lock.lock();
        try {
            return order.durablePosition();
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing can be appended any more, or null. */
    @Nullable String unavailable() {
        lock.lock();
        try {
            return unavailable;
        } finally {
            lock.unlock();
        }
    }
}
