package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.order.AppendQueue;
import dev.boreal.journal.record.RecordKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes all that waits, writes it, syncs once, tells the listeners, hands the entries to the
 * live subscriptions, and begins again. That is group commit without a timer: while one sync is under way the
 * next group gathers, so groups are as large as the load makes them, and a lone append waits for nobody.
 *
 * <p>After a failure of the disk it ends, having refused everything that waits; {@link SegmentLog} tells why it does not
 * try again.
 */
final class JournalWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int KEPT_ENTRIES = 4096;

    private final LogEnd end;
    private final SegmentLog log;
    private @Nullable PositionedEntry[] delivery = new PositionedEntry[64];

    JournalWriter(LogEnd end, SegmentLog log) {
        this.end = end;
        this.log = log;
    }

    @Override
    public void run() {
        while (step()) {
            // An interrupt left behind by a callback would close the file under the next write.
            Thread.interrupted();
        }
    }

    /** Writes what waits, waiting for it if there is nothing; false when there will never be more. */
    boolean step() {
        AppendQueue queue = end.take();
        if (queue == null || !write(queue)) {
            return false;
        }
        end.release(queue);
        return true;
    }

    private boolean write(AppendQueue queue) {
        int from = 0;
        while (from < queue.size()) {
            int to = from;
            try {
                to = log.fit(queue, from);
                log.write(queue, from, to);
            } catch (Throwable t) {
                fail(queue, from, to, t);
                return false;
            }
            announce(queue, from, to);
            from = to;
        }
        return true;
    }

    private void announce(AppendQueue queue, int from, int to) {
        long lastPosition = queue.position(to - 1);
        Subscription[] live = end.announceDurable(lastPosition);
        for (int i = from; i < to; i++) {
            tellDurable(queue.listener(i), queue.position(i));
        }
        if (live.length > 0) {
            deliver(live, queue, from, to);
        }
        end.announceDelivered(lastPosition, to < queue.size() ? queue.floor(to) : -1);
    }

    private void deliver(Subscription[] live, AppendQueue queue, int from, int to) {
        if (delivery.length < to - from) {
            delivery = new PositionedEntry[to - from];
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            if (queue.kind(i) == RecordKind.ENTRY) {
                delivery[count++] = new PositionedEntry(queue.position(i), queue.epoch(i), queue.entry(i));
            }
        }
        if (count > 0) {
            for (Subscription subscription : live) {
                subscription.deliverLive(delivery, count);
            }
        }
        if (delivery.length > KEPT_ENTRIES) {
            delivery = new PositionedEntry[KEPT_ENTRIES];
        } else {
            Arrays.fill(delivery, 0, count, null);
        }
    }

    /** The records in {@code [from, to)} were being written; those behind were not. */
    private void fail(AppendQueue queue, int from, int to, Throwable cause) {
        String message =
                "the disk of the journal failed, and it takes no further appends until it is restarted: " + cause;
        LOG.error(message, cause);
        AppendQueue waiting = end.fail(message);
        refuse(queue, from, to, new AppendRefusal.Unavailable(message, true));
        AppendRefusal unwritten = new AppendRefusal.Unavailable(message, false);
        refuse(queue, to, queue.size(), unwritten);
        refuse(waiting, 0, waiting.size(), unwritten);
    }

    private static void refuse(AppendQueue queue, int from, int to, AppendRefusal refusal) {
        for (int i = from; i < to; i++) {
            try {
                queue.listener(i).onRefused(refusal);
            } catch (Throwable t) {
                LOG.error("an append listener failed to hear of a refusal", t);
            }
        }
    }

    private static void tellDurable(AppendListener listener, long position) {
        try {
            listener.onDurable(position);
        } catch (Throwable t) {
            LOG.error("an append listener failed to hear that position {} is durable", position, t);
        }
    }
}
