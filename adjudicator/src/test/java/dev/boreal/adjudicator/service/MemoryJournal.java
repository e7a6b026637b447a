package dev.boreal.adjudicator.service;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory that becomes durable when the test says so, and that writes down its whole stream: entries and
 * heartbeats in the order of the calls. It refuses what a journal must refuse, and can be told to fail.
 */
final class MemoryJournal implements Journal {
    /** One thing in the stream: an entry, or a heartbeat (without one). */
    record Item(long timestamp, @Nullable JournalEntry entry) {}

    private record Pending(long position, AppendListener listener) {}

    private final List<Item> stream = new ArrayList<>();
    private final List<PositionedEntry> entries = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private long epoch;
    private long lastTimestamp;
    private long lastHeartbeat;
    private long durable;
    private @Nullable Writer writer;
    private @Nullable AppendRefusal refuseNext;
    private boolean durableAtOnce;
    private boolean stalled;
    private final List<Stream> streams = new CopyOnWriteArrayList<>();

    /** Makes entries durable on a thread of its own as they come. */
    MemoryJournal startSyncing() {
        Thread.ofPlatform().daemon().name("memory-journal").start(() -> {
            while (true) {
                sync();
                Thread.onSpinWait();
            }
        });
        return this;
    }

    synchronized void makeDurableAtOnce() {
        durableAtOnce = true;
    }

    synchronized void refuseNext(AppendRefusal refusal) {
        refuseNext = refusal;
    }

    /** Makes everything appended so far durable, and says so on this thread. */
    void sync() {
        List<Pending> ready;
        synchronized (this) {
            if (stalled) {
                return;
            }
            ready = List.copyOf(pending);
            pending.clear();
            durable += ready.size();
        }
        for (Pending one : ready) {
            one.listener.onDurable(one.position);
        }
        if (!ready.isEmpty()) {
            streams.forEach(Stream::pump);
        }
    }

    /** Makes entries durable no more, or again. */
    synchronized void stall(boolean newStalled) {
        stalled = newStalled;
    }

    /** Ends every subscription. */
    void closeStreams(String reason) {
        for (Stream stream : streams) {
            stream.close();
            stream.subscriber.onClosed(reason);
        }
    }

    private synchronized List<PositionedEntry> durableFrom(long position, long most) {
        int from = (int) Math.min(position, durable);
        return List.copyOf(entries.subList(from, (int) Math.min(durable, position + most)));
    }

    /** Fails everything in flight. */
    void fail(AppendRefusal refusal) {
        List<Pending> lost;
        synchronized (this) {
            lost = List.copyOf(pending);
            pending.clear();
        }
        for (Pending one : lost) {
            one.listener.onRefused(refusal);
        }
    }

    synchronized List<Item> stream() {
        return List.copyOf(stream);
    }

    synchronized long watermark() {
        return Math.max(lastHeartbeat, lastTimestamp);
    }

    @Override
    public synchronized OpenOutcome open(String owner, long expectedEpoch, Writer newWriter) {
        if (expectedEpoch != epoch) {
            return new OpenOutcome.EpochMoved(epoch, "somebody");
        }
        epoch++;
        writer = newWriter;
        return new OpenOutcome.Opened(epoch, entries.size(), lastTimestamp);
    }

    @Override
    public synchronized long currentEpoch() {
        return epoch;
    }

    @Override
    public void append(long writerEpoch, JournalEntry entry, AppendListener listener) {
        AppendRefusal refusal;
        synchronized (this) {
            refusal = refuseNext;
            refuseNext = null;
            if (refusal == null && writerEpoch != epoch) {
                refusal = new AppendRefusal.Fenced(epoch);
            }
            if (refusal == null && entry.timestamp() <= watermark()) {
                refusal = new AppendRefusal.NotMonotonic(watermark());
            }
            if (refusal == null) {
                lastTimestamp = entry.timestamp();
                stream.add(new Item(entry.timestamp(), entry));
                entries.add(new PositionedEntry(entries.size() + 1, epoch, entry));
                if (!durableAtOnce) {
                    pending.add(new Pending(entries.size(), listener));
                    return;
                }
                durable++;
            }
        }
        if (refusal == null) {
            listener.onDurable(durable);
            streams.forEach(Stream::pump);
        } else {
            listener.onRefused(refusal);
        }
    }

    @Override
    public void appendIf(long writerEpoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        throw new UnsupportedOperationException("an adjudicator does not append conditionally");
    }

    @Override
    public synchronized void heartbeat(long writerEpoch, long timestamp) {
        if (writerEpoch == epoch && timestamp > watermark()) {
            lastHeartbeat = timestamp;
            stream.add(new Item(timestamp, null));
        }
    }

    @Override
    public void requestAdvance(long timestamp) {
        Writer now;
        synchronized (this) {
            now = writer;
        }
        if (now != null) {
            now.advanceRequested(timestamp);
        }
    }

    @Override
    public EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        Stream stream = new Stream(afterPosition, subscriber);
        streams.add(stream);
        return stream;
    }

    @Override
    public synchronized PositionedEntry read(long position) {
        return entries.get((int) position - 1);
    }

    @Override
    public synchronized void seal(long writerEpoch) {
        if (writerEpoch == epoch) {
            epoch++;
            writer = null;
        }
    }

    @Override
    public void trim(long position) {}

    @Override
    public synchronized long lastDurablePosition() {
        return durable;
    }

    @Override
    public long firstPosition() {
        return 1;
    }

    private final class Stream implements EntrySubscription {
        private final EntrySubscriber subscriber;
        private long position;
        private long credit;
        private boolean over;

        Stream(long position, EntrySubscriber subscriber) {
            this.position = position;
            this.subscriber = subscriber;
        }

        synchronized void pump() {
            while (!over) {
                List<PositionedEntry> next = durableFrom(position, credit);
                if (next.isEmpty()) {
                    return;
                }
                position += next.size();
                credit -= next.size();
                subscriber.onEntries(next);
            }
        }

        @Override
        public void request(long more) {
            synchronized (this) {
                credit += more;
            }
            pump();
        }

        @Override
        public void close() {
            streams.remove(this);
            synchronized (this) {
                over = true;
            }
        }
    }
}
