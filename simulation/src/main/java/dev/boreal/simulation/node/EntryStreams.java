package dev.boreal.simulation.node;

import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.simulation.world.Link;
import dev.boreal.simulation.world.LinkEnd;
import dev.boreal.simulation.world.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What a node that serves a journal delivers: its entries from the first one on, and watermarks behind them. */
final class EntryStreams {
    private final Node node;
    private final int journal;
    private final Watch watch;
    private final LongConsumer advance;
    private final List<PositionedEntry> entries = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();

    /** @param advance hears which watermark a subscriber waits for */
    EntryStreams(Node node, int journal, Watch watch, LongConsumer advance) {
        this.node = node;
        this.journal = journal;
        this.watch = watch;
        this.advance = advance;
    }

    void clear() {
        entries.clear();
        subscribers.clear();
    }

    long position() {
        return entries.size();
    }

    /** To be filled before anybody subscribes. */
    List<PositionedEntry> entries() {
        return entries;
    }

    void add(PositionedEntry entry) {
        entries.add(entry);
    }

    void deliver() {
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            subscriber.deliver();
        }
    }

    void publish(long watermark) {
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            subscriber.watermark(watermark);
        }
    }

    /** @param watermark that holds behind everything delivered so far */
    @Nullable LinkEnd subscribe(Link link, long after, long watermark) {
        if (after > entries.size()) {
            return null;
        }
        Subscriber subscriber = new Subscriber(link, after);
        subscribers.add(subscriber);
        subscriber.deliver();
        subscriber.watermark(watermark);
        return subscriber;
    }

    private final class Subscriber implements LinkEnd {
        private final Link link;
        private long position;
        private long told;

        Subscriber(Link link, long after) {
            this.link = link;
            this.position = after;
        }

        void deliver() {
            if (position < entries.size()) {
                List<PositionedEntry> more = List.copyOf(entries.subList((int) position, entries.size()));
                for (PositionedEntry entry : more) {
                    watch.delivered(journal, entry);
                }
                position = entries.size();
                link.send(node, new JournalMessage.Entries(more));
            }
        }

        void watermark(long timestamp) {
            if (timestamp > told) {
                told = timestamp;
                watch.published(journal, timestamp);
                link.send(node, new JournalMessage.Watermark(timestamp));
            }
        }

        @Override
        public void onMessage(Object message) {
            if (message instanceof JournalMessage.RequestAdvance(long timestamp)) {
                advance.accept(timestamp);
            }
        }

        @Override
        public void onBroken() {
            subscribers.remove(this);
        }
    }
}
