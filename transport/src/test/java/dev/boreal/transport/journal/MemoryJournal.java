package dev.boreal.transport.journal;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal whose entries are durable at once, or when the test says so. Notes what reached it, in order. */
final class MemoryJournal implements Journal {
    final List<String> events = new ArrayList<>();
    final List<PositionedEntry> entries = new ArrayList<>();
    private final List<Sub> subscribers = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    boolean holding;
    long most;
    private long epoch;
    private String owner = "";
    private long lastTimestamp;
    private @Nullable Writer writer;

    private final class Sub implements EntrySubscription {
        private final EntrySubscriber subscriber;
        private long next;
        private long credit;
        private boolean closed;

        Sub(long after, EntrySubscriber subscriber) {
            this.next = after + 1;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long more) {
            synchronized (MemoryJournal.this) {
                credit += more;
                most = Math.max(most, credit);
                pump();
            }
        }

        void pump() {
            List<PositionedEntry> batch = new ArrayList<>();
            while (!closed && credit > 0 && next <= entries.size()) {
                batch.add(entries.get((int) next - 1));
                next++;
                credit--;
            }
            if (!batch.isEmpty()) {
                subscriber.onEntries(batch);
                subscriber.onWatermark(batch.getLast().entry().timestamp());
            }
        }

        @Override
        public void close() {
            synchronized (MemoryJournal.this) {
                closed = true;
                events.add("unsubscribed");
            }
        }
    }

    @Override
    public synchronized OpenOutcome open(String name, long expectedEpoch, Writer asks) {
        if (expectedEpoch != epoch) {
            return new OpenOutcome.EpochMoved(epoch, owner);
        }
        epoch++;
        owner = name;
        writer = asks;
        return new OpenOutcome.Opened(epoch, entries.size(), lastTimestamp);
    }

    @Override
    public synchronized OpenOutcome resume(long which, Writer asks) {
        if (which != epoch) {
            return new OpenOutcome.NotLeader(null);
        }
        writer = asks;
        return new OpenOutcome.Opened(epoch, entries.size(), lastTimestamp);
    }

    @Override
    public synchronized long currentEpoch() {
        return epoch;
    }

    @Override
    public synchronized void append(long which, JournalEntry entry, AppendListener listener) {
        if (which != epoch) {
            listener.onRefused(new AppendRefusal.Fenced(epoch));
        } else if (entry.timestamp() <= lastTimestamp) {
            listener.onRefused(new AppendRefusal.NotMonotonic(lastTimestamp));
        } else {
            lastTimestamp = entry.timestamp();
            events.add("append " + entry.timestamp());
            long position = entries.size() + 1L + held.size();
            Runnable durable = () -> {
                entries.add(new PositionedEntry(position, which, entry));
                listener.onDurable(position);
                subscribers.forEach(Sub::pump);
            };
            if (holding) {
                held.add(durable);
            } else {
                durable.run();
            }
        }
    }

    synchronized void release() {
        held.forEach(Runnable::run);
        held.clear();
    }

    synchronized int heldAppends() {
        return held.size();
    }

    @Override
    public synchronized void appendIf(long which, long expected, JournalEntry entry, AppendListener listener) {
        if (expected != entries.size()) {
            listener.onRefused(new AppendRefusal.PositionMoved(entries.size()));
        } else {
            append(which, entry, listener);
        }
    }

    @Override
    public synchronized void heartbeat(long which, long timestamp) {
        if (which == epoch && timestamp > lastTimestamp) {
            lastTimestamp = timestamp;
            events.add("heartbeat " + timestamp);
            if (held.isEmpty()) {
                subscribers.forEach(sub -> sub.subscriber.onWatermark(timestamp));
            }
        }
    }

    @Override
    public synchronized void requestAdvance(long timestamp) {
        events.add("advance " + timestamp);
        if (writer != null) {
            writer.advanceRequested(timestamp);
        }
    }

    @Override
    public synchronized EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        Sub sub = new Sub(afterPosition, subscriber);
        if (afterPosition > entries.size()) {
            subscriber.onClosed("position " + afterPosition + " lies behind the last entry");
        } else {
            subscribers.add(sub);
        }
        return sub;
    }

    @Override
    public synchronized PositionedEntry read(long position) {
        if (position < 1 || position > entries.size()) {
            throw new IllegalArgumentException("no entry at " + position);
        }
        return entries.get((int) position - 1);
    }

    @Override
    public synchronized void seal(long which) {
        events.add("seal " + which);
    }

    @Override
    public synchronized void trim(long position) {
        events.add("trim " + position);
    }

    @Override
    public synchronized long lastDurablePosition() {
        return entries.size();
    }

    @Override
    public long firstPosition() {
        return 1;
    }

    synchronized List<String> events() {
        return List.copyOf(events);
    }
}
