package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.order.JournalOrder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One journal made of doors to its replicas. It writes at the one that leads: while it is <i>attached</i> there, appends pass
 * straight through. When that replica refuses, breaks off or falls silent, appends wait here; the client looks for the leader,
 * {@linkplain Journal#resume resumes} its epoch there, and sends again in their order what was not answered. The leader recognises what its
 * log holds already, so nothing is written twice. What is not answered in time is {@code Unavailable} and perhaps durable.
 *
 * <p>Any thread; listeners hear on the doors' threads or on the client's own.
 */
public final class ReplicatedJournalClient implements Journal, AutoCloseable {
    static final String CLOSED = "the journal client is closed";

    /** An open waits for the replicas, perhaps until one that died has been cut out. */
    private static final long OPEN_PATIENCE_MILLIS = 3_000;

    private final ClientConfiguration configuration;
    private final Doors doors;
    private final KnownEnd knownEnd = new KnownEnd();
    private final ClientWriter writer;
    private final ClientSubscriptions subscriptions;
    private final ClientQuestions questions;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param replicas their names, the nearest first; asked whenever a replica is looked for
     * @param toDoor a replica's door: plain, knowing nothing of the others; null or an exception if there is none now
     */
    public ReplicatedJournalClient(
            Supplier<List<String>> replicas,
            Function<String, @Nullable Journal> toDoor,
            ClientConfiguration configuration) {
        this.configuration = configuration;
        doors = new Doors(replicas, toDoor);
        writer = new ClientWriter(doors, configuration, knownEnd);
        subscriptions = new ClientSubscriptions(doors, configuration, knownEnd);
        questions = new ClientQuestions(doors, writer::leader, writer::attached);
        Thread.ofVirtual().name("journal-client").start(this::watch);
    }

    @Override
    public OpenOutcome open(String owner, long expectedEpoch, Writer newWriter) {
        return writer.attach(door -> door.open(owner, expectedEpoch, newWriter), newWriter, OPEN_PATIENCE_MILLIS);
    }

    @Override
    public OpenOutcome resume(long epoch, Writer newWriter) {
        return writer.attach(door -> door.resume(epoch, newWriter), newWriter, configuration.stallMillis());
    }

    @Override
    public void append(long epoch, JournalEntry entry, AppendListener listener) {
        writer.append(epoch, JournalOrder.ANY_POSITION, entry, listener);
    }

    @Override
    public void appendIf(long epoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        if (expectedPosition < 0) {
            throw new IllegalArgumentException("expected position " + expectedPosition);
        }
        writer.append(epoch, expectedPosition, entry, listener);
    }

    @Override
    public void heartbeat(long epoch, long timestamp) {
        writer.heartbeat(epoch, timestamp);
    }

    @Override
    public void seal(long epoch) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(configuration.timeoutMillis());
        RuntimeException failure;
        do {
            try {
                questions.first(door -> {
                    door.seal(epoch);
                    return epoch;
                });
                return;
            } catch (RuntimeException e) {
                failure = e;
            }
        } while (System.nanoTime() < deadline && !isClosedIn(configuration.retryMillis()));
        throw new IllegalStateException("cannot seal epoch " + epoch + ": " + failure.getMessage(), failure);
    }

    @Override
    public EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        if (afterPosition < 0) {
            throw new IllegalArgumentException("subscription behind position " + afterPosition);
        }
        return subscriptions.begin(afterPosition, subscriber);
    }

    @Override
    public void requestAdvance(long timestamp) {
        subscriptions.requestAdvance(timestamp, writer.leader());
    }

    /** Of the leader if one is known, else the highest that a replica knows. */
    @Override
    public long currentEpoch() {
        return questions.highest(Journal::currentEpoch);
    }

    @Override
    public long lastDurablePosition() {
        long position = questions.highest(Journal::lastDurablePosition);
        knownEnd.raise(position);
        return position;
    }

    @Override
    public PositionedEntry read(long position) {
        return questions.first(door -> door.read(position));
    }

    @Override
    public long firstPosition() {
        return questions.first(Journal::firstPosition);
    }

    /** Any replica tells the others. */
    @Override
    public void trim(long position) {
        questions.first(door -> {
            door.trim(position);
            return position;
        });
    }

    private void watch() {
        long tick = Math.max(1, configuration.stallMillis() / 5);
        while (!isClosedIn(tick)) {
            long now = System.nanoTime();
            writer.watch(now);
            subscriptions.watch(now);
        }
    }

    private boolean isClosedIn(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends all streams, and answers what waits as unknown. */
    @Override
    public void close() {
        if (closed.getCount() > 0) {
            closed.countDown();
            writer.close();
            subscriptions.close();
        }
    }
}
