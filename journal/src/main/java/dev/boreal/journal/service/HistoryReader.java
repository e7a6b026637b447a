package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.disk.LogCursor;
import dev.boreal.journal.disk.SegmentLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds subscriptions that are behind from the disk, each on a thread of its own, and knows all that are open. */
final class HistoryReader {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryReader.class);

    private final SegmentLog log;
    private final StreamEnd end;
    private final JournalConfiguration configuration;
    private final Executor readers;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

    HistoryReader(SegmentLog log, StreamEnd end, JournalConfiguration configuration, Executor readers) {
        this.log = log;
        this.end = end;
        this.configuration = configuration;
        this.readers = readers;
    }

    /**
     * As the door's.
     *
     * @param over why there is no stream any more, or null while there is
     */
    Subscription subscribe(long afterPosition, EntrySubscriber subscriber, Supplier<@Nullable String> over) {
        if (afterPosition < 0) {
            throw new IllegalArgumentException("subscription behind position " + afterPosition);
        }
        Subscription subscription = new Subscription(end, this, afterPosition, subscriber);
        // Asked only when it is remembered: whoever ends the journal meanwhile closes it, or is seen here.
        open.add(subscription);
        String reason = over.get();
        if (reason != null) {
            subscription.close(reason);
        } else {
            subscription.begin();
        }
        return subscription;
    }

    /** As the door's. */
    PositionedEntry read(long position) {
        long durable = end.durablePosition();
        if (position < 1 || position > durable) {
            throw new IllegalArgumentException(
                    "no durable entry has position " + position + ", the last one is " + durable);
        }
        List<PositionedEntry> found = new ArrayList<>(1);
        try (LogCursor cursor = log.cursor(position - 1)) {
            if (cursor.read(durable, 1, 1, found) == LogCursor.TRIMMED) {
                throw new IllegalArgumentException("the entry with position " + position + " was trimmed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.getFirst();
    }

    void forget(Subscription subscription) {
        open.remove(subscription);
    }

    void closeAll(String reason) {
        for (Subscription subscription : open) {
            subscription.close(reason);
        }
    }

    /** Reads for the subscription until it is live, closed, or out of credit. */
    void start(Subscription subscription) {
        readers.execute(() -> run(subscription));
    }

    private void run(Subscription subscription) {
        try (LogCursor cursor = log.cursor(subscription.deliveredPosition())) {
            read(subscription, cursor);
        } catch (IOException | RuntimeException e) {
            LOG.error("cannot read the journal behind position {}", subscription.deliveredPosition(), e);
            subscription.close(String.valueOf(e.getMessage()));
        }
    }

    private void read(Subscription subscription, LogCursor cursor) throws IOException {
        List<PositionedEntry> batch = new ArrayList<>();
        while (!end.join(subscription)) {
            long delivered = subscription.deliveredPosition();
            long durable = end.durablePosition();
            if (delivered > durable) {
                subscription.close("the journal ends with position " + durable + ", before position " + delivered
                        + ", behind which the subscriber wants to go on: it is not the journal that it followed");
                return;
            }
            if (delivered + 1 < log.firstPosition()) {
                subscription.close(trimmed(delivered));
                return;
            }
            int credit = subscription.takeCreditToRead(configuration.historyBatchEntries());
            if (credit == 0) {
                return;
            }
            batch.clear();
            int count = cursor.read(durable, credit, configuration.historyBatchBytes(), batch);
            if (count == LogCursor.TRIMMED) {
                subscription.close(trimmed(delivered));
                return;
            }
            subscription.returnCredit(credit - count);
            if (!subscription.deliverHistory(batch)) {
                return;
            }
        }
    }

    private String trimmed(long delivered) {
        return "the journal begins with position " + log.firstPosition() + ", what follows position " + delivered
                + " was trimmed: begin with a snapshot";
    }
}
