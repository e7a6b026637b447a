package dev.boreal.crossbar.service;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.transaction.TransactionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A journal whose entries are durable as they come. It delivers on the calling thread, never beyond the credit, and
 * counts the most that a subscriber had asked for and not been given.
 */
final class ScriptedJournal implements Journal {
    private final List<PositionedEntry> entries = new ArrayList<>();
    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private long watermark;
    private long first = 1;
    private volatile boolean away;
    private @Nullable LongConsumer writer;

    long append(long timestamp, TransactionRecord record) {
        return append(timestamp, record.bytes());
    }

    long append(long timestamp, byte[] payload) {
        long position;
        synchronized (this) {
            position = entries.size() + 1L;
            entries.add(new PositionedEntry(position, 1, new JournalEntry(timestamp, payload)));
            watermark = timestamp;
        }
        streams.forEach(Stream::pump);
        return position;
    }

    void heartbeat(long timestamp) {
        heartbeat(1, timestamp);
    }

    @Override
    public void heartbeat(long epoch, long timestamp) {
        synchronized (this) {
            watermark = Math.max(watermark, timestamp);
        }
        for (Stream stream : streams) {
            stream.pump();
        }
    }

    synchronized void onAdvance(LongConsumer newWriter) {
        writer = newWriter;
    }

    /** Takes no subscriptions and delivers nothing, or goes on. */
    void away(boolean newAway) {
        away = newAway;
        streams.forEach(Stream::pump);
    }

    int subscribers() {
        return streams.size();
    }

    void closeStreams(String reason) {
        for (Stream stream : streams) {
            stream.close();
            stream.subscriber.onClosed(reason);
        }
    }

    private synchronized List<PositionedEntry> from(long position, long credit) {
        int end = (int) Math.min(entries.size(), position + credit);
        return List.copyOf(entries.subList((int) Math.min(position, end), end));
    }

    private synchronized long watermarkBehind(long position) {
        return position == entries.size() ? watermark : 0;
    }

    @Override
    public void requestAdvance(long timestamp) {
        LongConsumer now;
        synchronized (this) {
            now = watermark >= timestamp ? null : writer;
        }
        if (now != null) {
            now.accept(timestamp);
        }
    }

    @Override
    public EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        if (away) {
            throw new IllegalStateException("no replica answers");
        }
        Stream stream = new Stream(afterPosition, subscriber);
        streams.add(stream);
        stream.pump();
        return stream;
    }

    @Override
    public synchronized PositionedEntry read(long position) {
        if (position < 1 || position > entries.size()) {
            throw new IllegalArgumentException("no entry at " + position);
        }
        return entries.get((int) position - 1);
    }

    @Override
    public OpenOutcome open(String owner, long expectedEpoch, Writer newWriter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long currentEpoch() {
        return 1;
    }

    @Override
    public void append(long epoch, JournalEntry entry, AppendListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void appendIf(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void seal(long epoch) {}

    @Override
    public synchronized void trim(long position) {
        first = position + 1;
    }

    @Override
    public synchronized long lastDurablePosition() {
        return entries.size();
    }

    @Override
    public synchronized long firstPosition() {
        return first;
    }

    private final class Stream implements EntrySubscription {
        private final EntrySubscriber subscriber;
        private long position;
        private long credit;
        private long told;
        private boolean over;

        Stream(long position, EntrySubscriber subscriber) {
            this.position = position;
            this.subscriber = subscriber;
        }

        synchronized void pump() {
            while (!over && !away) {
                List<PositionedEntry> next = from(position, credit);
                if (!next.isEmpty()) {
                    position += next.size();
                    credit -= next.size();
                    subscriber.onEntries(next);
                    continue;
                }
                long reached = watermarkBehind(position);
                if (reached <= told) {
                    return;
                }
                told = reached;
                subscriber.onWatermark(reached);
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
