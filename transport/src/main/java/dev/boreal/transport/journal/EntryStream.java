package dev.boreal.transport.journal;

import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.wire.Entries;
import dev.boreal.contracts.wire.JournalAnswer;
import dev.boreal.contracts.wire.JournalAnswers;
import dev.boreal.transport.link.ServerStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of another process: the journal's threads put entries in, the stream's loop takes them out. What the
 * subscriber asks for is asked of the journal in portions, the next one when the last is on the stream; and of large entries
 * it takes only so many bytes. So a stream that takes nothing holds little in memory, however much the subscriber asked for.
 */
final class EntryStream implements EntrySubscriber {
    private static final int PORTION_ENTRIES = 1024;
    private static final int MOST_BYTES = 4 << 20;
    private static final int BATCH_BYTES = 1 << 20;
    /** What an entry costs besides its payload. */
    private static final int ENTRY_BYTES = 64;

    private final long id;
    private final long patience;
    private final ServerStream stream;
    private final BooleanSupplier hurried;
    private final MpscUnboundedArrayQueue<PositionedEntry[]> waiting = new MpscUnboundedArrayQueue<>(64);
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean refusedSome;
    private volatile long watermark;
    private volatile @Nullable String closed;

    // On the loop:
    private @Nullable EntrySubscription subscription;
    private long granted;
    private long onTheWay;
    private long watermarkSent;
    private boolean over;

    /**
     * @param patience for how many nanoseconds news may gather
     * @param hurried whether they may not now; any thread asks
     */
    EntryStream(long id, long patience, ServerStream stream, BooleanSupplier hurried) {
        this.id = id;
        this.patience = patience;
        this.stream = stream;
        this.hurried = hurried;
    }

    @Override
    public long patienceNanos() {
        return patience;
    }

    private void news() {
        if (patience == 0 || hurried.getAsBoolean()) {
            stream.wake();
        } else {
            stream.wakeWithin(patience);
        }
    }

    void begin(EntrySubscription source) {
        subscription = source;
        ask();
    }

    void grant(long entries) {
        granted = granted + entries < 0 ? Long.MAX_VALUE : granted + entries;
        ask();
    }

    private void ask() {
        EntrySubscription source = subscription;
        if (source == null) {
            return;
        }
        boolean room = refusedSome && waitingBytes.get() < MOST_BYTES;
        if (room) {
            refusedSome = false;
        }
        long more = onTheWay > PORTION_ENTRIES / 2 ? 0 : Math.min(granted, PORTION_ENTRIES - onTheWay);
        if (more == 0 && !room) {
            return;
        }
        if (granted != Long.MAX_VALUE) {
            granted -= more;
        }
        onTheWay += more;
        source.request(more);
    }

    @Override
    public void onEntries(List<PositionedEntry> entries) {
        PositionedEntry[] taken = entries.toArray(PositionedEntry[]::new);
        waitingBytes.addAndGet(bytes(taken));
        waiting.offer(taken);
        news();
    }

    private static long bytes(PositionedEntry[] entries) {
        long bytes = 0;
        for (PositionedEntry entry : entries) {
            bytes += entry.entry().payload().length + ENTRY_BYTES;
        }
        return bytes;
    }

    /** The second look is for the loop, which may have made room before it could see that something was refused. */
    @Override
    public boolean isFull() {
        if (waitingBytes.get() < MOST_BYTES) {
            return false;
        }
        refusedSome = true;
        return waitingBytes.get() >= MOST_BYTES;
    }

    @Override
    public void onWatermark(long timestamp) {
        watermark = timestamp;
        news();
    }

    @Override
    public void onClosed(String reason) {
        closed = reason;
        stream.wake();
    }

    boolean isOver() {
        return over;
    }

    void close() {
        over = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    /** Adds what waits to a message; the watermark only if every entry from before it is in a message. */
    boolean addTo(JournalAnswers.Builder batch) {
        if (over) {
            return false;
        }
        String end = closed;
        long reached = watermark;
        PositionedEntry[] entries = waiting.poll();
        boolean something = entries != null;
        long bytes = 0;
        while (entries != null) {
            bytes += add(entries, batch);
            entries = bytes < BATCH_BYTES ? waiting.poll() : null;
        }
        if (something) {
            ask();
        }
        if (bytes >= BATCH_BYTES) {
            return true;
        }
        reached = latest(reached);
        if (reached > watermarkSent) {
            watermarkSent = reached;
            batch.addAnswersBuilder().setId(id).setWatermark(reached);
            something = true;
        }
        if (end != null) {
            over = true;
            batch.addAnswersBuilder().setId(id).setClosed(end);
            something = true;
        }
        return something;
    }

    /** The newest watermark, if nothing came in front of it meanwhile; else the one that was read before the entries. */
    private long latest(long before) {
        long now = watermark;
        return waiting.isEmpty() ? now : before;
    }

    private long add(PositionedEntry[] entries, JournalAnswers.Builder batch) {
        Entries.Builder message = Entries.newBuilder();
        for (PositionedEntry entry : entries) {
            message.addEntries(JournalMessages.write(entry));
        }
        long bytes = bytes(entries);
        batch.addAnswers(JournalAnswer.newBuilder().setId(id).setEntries(message));
        onTheWay -= entries.length;
        waitingBytes.addAndGet(-bytes);
        return bytes;
    }
}
