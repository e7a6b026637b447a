package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's stream. It is <i>live</i> while it has all that is durable: then the writer's thread hands it entries and
 * whoever heartbeats hands it watermarks. It is <i>behind</i> while it has not, for want of credit or because it has just
 * begun: then, as long as it has credit, a reader thread of its own gives it history until it is live again.
 *
 * <p>Calls come one at a time because whoever wants to make one must hold the <i>turn</i>. A thread with a watermark
 * does not wait for the turn: it leaves the watermark to the holder, who tells it before giving the turn away. So a
 * heartbeat never waits for a subscriber that is busy with entries, nor for itself when it comes from inside a call.
 */
final class Subscription implements EntrySubscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private final StreamEnd end;
    private final HistoryReader history;
    private final EntrySubscriber subscriber;
    private final EntryBatch view = new EntryBatch();

    private volatile long deliveredPosition;
    private long credit;
    private boolean live;
    private boolean reading;
    private boolean turnTaken;
    private boolean closed;
    private long lastWatermark;
    private long pendingWatermark;
    private @Nullable String pendingClose;

    Subscription(StreamEnd end, HistoryReader history, long afterPosition, EntrySubscriber subscriber) {
        this.end = end;
        this.history = history;
        this.subscriber = subscriber;
        deliveredPosition = afterPosition;
    }

    /** Gives the stream its first reader, which makes it live if there is no history. */
    void begin() {
        synchronized (this) {
            reading = true;
        }
        history.start(this);
    }

    @Override
    public void request(long entries) {
        if (entries < 0) {
            throw new IllegalArgumentException("credit of " + entries + " entries");
        }
        boolean start;
        synchronized (this) {
            credit = credit + entries < 0 ? Long.MAX_VALUE : credit + entries;
            start = needsReader();
        }
        if (start) {
            history.start(this);
        }
    }

    /** With the monitor held: whether the caller must start a reader. */
    private boolean needsReader() {
        if (live || reading || closed || credit == 0) {
            return false;
        }
        reading = true;
        return true;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        history.forget(this);
        end.leave(this);
    }

    /** Ends the stream and says why, once the call in progress is over. */
    void close(String reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (turnTaken) {
                pendingClose = reason;
                return;
            }
            closed = true;
        }
        tellClosed(reason);
    }

    private void tellClosed(String reason) {
        history.forget(this);
        end.leave(this);
        try {
            subscriber.onClosed(reason);
        } catch (Throwable t) {
            LOG.error("a journal subscriber failed to hear that its stream is over: {}", reason, t);
        }
    }

    /** Whether news may gather on their way to the subscriber. */
    boolean isPatient() {
        return subscriber.patienceNanos() > 0;
    }

    /** Everything up to here has been delivered. */
    long deliveredPosition() {
        return deliveredPosition;
    }

    /**
     * Called with the lock of the stream's end held, by this subscription's reader, which then ends. False if it is closed.
     */
    synchronized boolean becomeLive() {
        reading = false;
        live = !closed;
        return live;
    }

    /**
     * It is no longer on the list of the live ones. A reader looks also without credit: a replica that has just started learns late of
     * what is committed, and then what comes next may have been trimmed.
     */
    void fallBehind() {
        boolean start;
        synchronized (this) {
            live = false;
            start = !reading && !closed;
            reading |= start;
        }
        if (start) {
            history.start(this);
        }
    }

    /** Reserves credit for up to {@code wanted} entries; returns for how many, 0 if there is none, or no room, or it is closed. */
    private synchronized int takeCredit(int wanted) {
        if (closed || pendingClose != null || subscriber.isFull()) {
            return 0;
        }
        int taken = (int) Math.min(credit, wanted);
        if (credit != Long.MAX_VALUE) {
            credit -= taken;
        }
        return taken;
    }

    /** As {@link #takeCredit}, for the reader: when there is none, the reader has ended. */
    synchronized int takeCreditToRead(int wanted) {
        int taken = takeCredit(wanted);
        if (taken == 0) {
            reading = false;
        }
        return taken;
    }

    synchronized void returnCredit(long entries) {
        credit = credit + entries < 0 ? Long.MAX_VALUE : credit + entries;
    }

    /** Called by the writer's thread for a live subscription; takes it off the live ones if its credit does not do. */
    void deliverLive(@Nullable PositionedEntry[] entries, int count) {
        if (!waitForTurn()) {
            return;
        }
        int done = 0;
        while (done < count) {
            int taken = takeCredit(count - done);
            if (taken == 0 || !tellEntries(view.show(entries, done, done + taken))) {
                break;
            }
            done += taken;
        }
        giveTurnBack();
        if (done < count) {
            end.leave(this);
        }
    }

    /** Called by the reader, which has taken credit for them; false when the stream is over. */
    boolean deliverHistory(List<PositionedEntry> entries) {
        if (!waitForTurn()) {
            return false;
        }
        boolean delivered = tellEntries(entries);
        giveTurnBack();
        if (delivered) {
            offerWatermark(entries.getLast().entry().timestamp());
        }
        return delivered;
    }

    private boolean tellEntries(List<PositionedEntry> entries) {
        try {
            subscriber.onEntries(entries);
            deliveredPosition = entries.getLast().position();
            return true;
        } catch (Throwable t) {
            fail(t);
            return false;
        }
    }

    /** Tells a watermark that holds for what has been delivered, now or by whoever is making a call. */
    void offerWatermark(long timestamp) {
        synchronized (this) {
            if (closed || timestamp <= lastWatermark) {
                return;
            }
            if (turnTaken) {
                pendingWatermark = Math.max(pendingWatermark, timestamp);
                return;
            }
            turnTaken = true;
            pendingWatermark = timestamp;
        }
        giveTurnBack();
    }

    private synchronized boolean waitForTurn() {
        boolean interrupted = false;
        while (turnTaken && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (closed) {
            return false;
        }
        turnTaken = true;
        return true;
    }

    /** Makes the calls that were left to the holder of the turn, then gives it away. */
    private void giveTurnBack() {
        while (true) {
            String close;
            long watermark = 0;
            synchronized (this) {
                close = closed ? null : pendingClose;
                if (close != null) {
                    closed = true;
                } else if (!closed && pendingWatermark > lastWatermark) {
                    watermark = pendingWatermark;
                    lastWatermark = watermark;
                } else {
                    turnTaken = false;
                    notifyAll();
                    return;
                }
            }
            if (close != null) {
                tellClosed(close);
            } else {
                tellWatermark(watermark);
            }
        }
    }

    private void tellWatermark(long timestamp) {
        try {
            subscriber.onWatermark(timestamp);
        } catch (Throwable t) {
            fail(t);
        }
    }

    /** With the turn held: the subscriber threw. */
    private void fail(Throwable t) {
        LOG.error("a journal subscriber failed behind position {}; its stream is closed", deliveredPosition, t);
        synchronized (this) {
            pendingClose = "the subscriber failed: " + t;
        }
    }
}
