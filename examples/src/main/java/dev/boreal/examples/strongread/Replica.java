package dev.boreal.examples.strongread;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boreal.clock.Clock;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.door.Journal.EntrySubscription;
import dev.boreal.contracts.journal.PositionedEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another region: follows the journal, and answers from what it has applied. Any thread. */
public final class Replica implements AutoCloseable {
    private static final int AHEAD = 1024;
    private static final long ASK_AGAIN_MILLIS = 50;

    private final Journal journal;
    private final Clock clock;
    private final Map<String, String> map = new HashMap<>();
    private final EntrySubscription subscription;
    private long appliedTimestamp;

    public Replica(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        subscription = journal.subscribe(0, new Follower());
        subscription.request(AHEAD);
    }

    /**
     * A strong read. What was acknowledged before it has a timestamp below {@code asked}; entries come in the order of their timestamps; so an
     * entry at or above it, of whatever content, is proof that nothing is missing.
     *
     * @throws UnavailableException if no such entry came in time: then there is no answer, rather than an old one
     */
    public synchronized @Nullable String read(String key, Duration patience)
            throws UnavailableException, InterruptedException {
        long asked = clock.latest();
        long deadline = System.nanoTime() + patience.toNanos();
        while (appliedTimestamp < asked) {
            if (System.nanoTime() > deadline) {
                throw new UnavailableException("nothing was committed for " + patience.toMillis() + " ms");
            }
            journal.requestAdvance(asked); // again and again: a request may be lost with the replica that passed it on
            wait(ASK_AGAIN_MILLIS);
        }
        return map.get(key);
    }

    /** What it has applied: never wrong, perhaps old. */
    public synchronized @Nullable String peek(String key) {
        return map.get(key);
    }

    private synchronized void apply(List<PositionedEntry> entries) {
        for (PositionedEntry entry : entries) {
            String text = new String(entry.entry().payload(), UTF_8);
            int equals = text.indexOf('=');
            if (equals >= 0) {
                map.put(text.substring(0, equals), text.substring(equals + 1));
            }
            appliedTimestamp = entry.entry().timestamp();
        }
        notifyAll();
    }

    private final class Follower implements EntrySubscriber {
        @Override
        public void onEntries(List<PositionedEntry> entries) {
            apply(entries);
            subscription.request(entries.size());
        }

        @Override
        public void onWatermark(long timestamp) {}

        @Override
        public void onClosed(String reason) {}
    }

    /** A strong read found no proof that it misses nothing. */
    public static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message) {
            super(message);
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
