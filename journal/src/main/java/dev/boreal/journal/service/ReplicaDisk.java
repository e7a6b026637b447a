package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.disk.StandingFile;
import dev.boreal.journal.order.AppendQueue;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.Standing;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes a replica's log: takes the records that wait, writes them with one sync, says how far the log is
 * durable, and begins again; so groups are as large as the load makes them. What else concerns the disk stands in the same row
 * between the records. After a failure it ends: {@link SegmentLog} tells why it does not try again.
 */
final class ReplicaDisk implements Runnable {
    private static final AppendListener NOBODY = new AppendListener() {
        @Override
        public void onDurable(long position) {}

        @Override
        public void onRefused(AppendRefusal refusal) {}
    };

    private static final int FEW_RECORDS = 4;
    private static final long FEW_BYTES = 16 << 10;
    private static final long SHORT_SYNC_NANOS = 1_000_000;

    private interface DiskTask {
        void run() throws IOException;
    }

    private final SegmentLog log;
    private final StandingFile standing;
    private final ReplicaInbox inbox;
    private final Consumer<Throwable> failed;
    private final ArrayDeque<Object> row = new ArrayDeque<>();
    private @Nullable AppendQueue spare = new AppendQueue();
    private boolean closing;
    private boolean resting;
    private boolean writingHere;
    private volatile long lastSyncNanos;
    private SyncListener listener = index -> {};

    /** Hears, on the replica's thread, up to which index the log is durable. */
    interface SyncListener {
        void synced(long index);
    }

    ReplicaDisk(SegmentLog log, StandingFile standing, ReplicaInbox inbox, Consumer<Throwable> failed) {
        this.log = log;
        this.standing = standing;
        this.inbox = inbox;
        this.failed = failed;
    }

    void listen(SyncListener newListener) {
        listener = newListener;
    }

    /** Puts a record at the end of the row. {@link #go} tells the thread. */
    synchronized void write(long term, RecordKind kind, long position, long epoch, JournalEntry entry) {
        AppendQueue queue;
        if (row.peekLast() instanceof AppendQueue last) {
            queue = last;
        } else {
            queue = spare == null ? new AppendQueue() : spare;
            spare = null;
            row.add(queue);
        }
        queue.add(kind, term, position, epoch, 0, entry, NOBODY);
    }

    synchronized void cutAfter(long index, Consumer<dev.boreal.journal.order.LogState> done) {
        row.add((DiskTask) () -> {
            var end = log.cutAfter(index);
            inbox.task(() -> done.accept(end));
        });
    }

    synchronized void beginAnew(dev.boreal.journal.order.LogState base, Runnable done) {
        row.add((DiskTask) () -> {
            log.beginAnew(base);
            inbox.task(done);
        });
    }

    synchronized void stand(Standing next, Runnable done) {
        row.add((DiskTask) () -> {
            standing.write(next);
            inbox.task(done);
        });
    }

    /**
     * There may be something in the row. Few records that find the thread at rest are written here and now, while syncs are short: to wake the
     * thread, and to be woken by it, takes longer than such a sync. In the replica's turns, or between them on the same thread.
     */
    void go() {
        AppendQueue few = takeFew();
        if (few == null) {
            return;
        }
        try {
            write(few);
            wroteHere(few);
        } catch (Throwable t) {
            abandon();
            failed.accept(t);
        }
    }

    /** After a failure nothing more is written. */
    private synchronized void abandon() {
        row.clear();
        writingHere = false;
        closing = true;
        notifyAll();
    }

    /** Else wakes the thread if there is something. */
    private synchronized @Nullable AppendQueue takeFew() {
        if (row.isEmpty()) {
            return null;
        }
        if (resting
                && !closing
                && row.size() == 1
                && row.peekFirst() instanceof AppendQueue queue
                && queue.size() <= FEW_RECORDS
                && queue.bytes() <= FEW_BYTES
                && lastSyncNanos <= SHORT_SYNC_NANOS) {
            row.pollFirst();
            writingHere = true;
            return queue;
        }
        notifyAll();
        return null;
    }

    private synchronized void wroteHere(AppendQueue queue) {
        writingHere = false;
        giveBack(queue);
        if (closing || !row.isEmpty()) {
            notifyAll();
        }
    }

    /** The thread ends when the row is empty. */
    synchronized void close() {
        closing = true;
        notifyAll();
    }

    private synchronized @Nullable Object take() {
        while (writingHere || row.isEmpty() && !closing) {
            resting = true;
            try {
                wait();
            } catch (InterruptedException ignored) {
                // Nobody has a reason to interrupt this thread, and it must not end before the row is empty.
            }
        }
        resting = false;
        return row.pollFirst();
    }

    private synchronized void giveBack(AppendQueue queue) {
        queue.clear();
        spare = queue;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Object next = take();
                if (next == null) {
                    return;
                }
                if (next instanceof AppendQueue queue) {
                    write(queue);
                    giveBack(queue);
                } else {
                    ((DiskTask) next).run();
                }
            }
        } catch (Throwable t) {
            failed.accept(t);
        }
    }

    private void write(AppendQueue queue) throws IOException {
        int from = 0;
        while (from < queue.size()) {
            long began = System.nanoTime();
            int to = log.fit(queue, from);
            log.write(queue, from, to);
            lastSyncNanos = System.nanoTime() - began;
            from = to;
            long durable = log.lastIndex();
            inbox.task(() -> listener.synced(durable));
        }
    }
}
