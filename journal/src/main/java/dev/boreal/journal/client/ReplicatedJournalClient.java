package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.order.JournalOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One journal made of doors to its replicas. It writes at the one that leads: while it is <i>attached</i> there, appends pass
 * straight through. When that replica refuses, breaks off or falls silent, appends wait here; the client looks for the leader,
 * {@linkplain Journal#resume resumes} its epoch there, and sends again in their order what was not answered. The leader recognises what its
 * log holds already, so nothing is written twice. What is not answered in time is {@code Unavailable} and perhaps durable.
 *
 * <p>Any thread; listeners hear on the doors' threads or on the client's own.
 */
public final class ReplicatedJournalClient implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedJournalClient.class);
    private static final Writer NOBODY = timestamp -> {};
    /** An open waits for the replicas, perhaps until one that died has been cut out. */
    private static final long OPEN_PATIENCE_MILLIS = 3_000;

    /** A writer that was silent for so many stalls does not mind when nobody is looked for. */
    private static final int BEATING_STALLS = 10;

    private static final String CLOSED = "the journal client is closed";

    private final Doors doors;
    private final ClientConfiguration configuration;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PendingRow pending = new PendingRow();
    private final Set<ClientSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Thread watchman;
    private @Nullable Journal attached;
    private @Nullable String leader;
    private Writer writer = NOBODY;
    private long epoch;
    private long fencedBy = -1;
    private long generation = 1;
    private long heardAt;
    private long heartbeat;
    private long beatAt;
    private boolean searching;
    private boolean closed;
    private volatile long wanted;
    private volatile long wantedSince;

    /**
     * @param replicas their names, the nearest first; asked whenever a replica is looked for
     * @param toDoor a replica's door: plain, knowing nothing of the others; null or an exception if there is none now
     */
    public ReplicatedJournalClient(
            Supplier<List<String>> replicas,
            Function<String, @Nullable Journal> toDoor,
            ClientConfiguration configuration) {
        doors = new Doors(replicas, toDoor);
        this.configuration = configuration;
        watchman = Thread.ofVirtual().name("journal-client").start(this::watch);
    }

    // Writing.

    @Override
    public OpenOutcome open(String owner, long expectedEpoch, Writer newWriter) {
        return search(door -> door.open(owner, expectedEpoch, newWriter), newWriter, OPEN_PATIENCE_MILLIS);
    }

    @Override
    public OpenOutcome resume(long wantedEpoch, Writer newWriter) {
        return search(door -> door.resume(wantedEpoch, newWriter), newWriter, configuration.stallMillis());
    }

    /** Asks one replica after the other until one answers for the journal; attaches to it if it opened. */
    private OpenOutcome search(Function<Journal, OpenOutcome> ask, Writer newWriter, long patienceMillis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(configuration.timeoutMillis());
        OpenOutcome last = new OpenOutcome.Unavailable("no replica of the journal can be reached");
        String hint = lockedLeader();
        while (true) {
            for (String name : doors.order(hint)) {
                Journal door = doors.door(name);
                OpenOutcome outcome = door == null ? last : ask(door, ask, patienceMillis);
                last = outcome;
                switch (outcome) {
                    case OpenOutcome.Opened opened
                    when door != null -> {
                        attach(name, door, opened.epoch(), newWriter);
                        return outcome;
                    }
                    case OpenOutcome.EpochMoved ignored -> {
                        return outcome;
                    }
                    case OpenOutcome.NotLeader(String named) when named != null && !named.equals(name) -> hint = named;
                    default -> {}
                }
                if (hint != null && outcome instanceof OpenOutcome.NotLeader && !hint.equals(name)) {
                    break;
                }
            }
            if (System.nanoTime() > deadline || lockedClosed()) {
                return last instanceof OpenOutcome.Unavailable
                        ? last
                        : new OpenOutcome.Unavailable("no replica of the journal leads: " + last);
            }
            pause();
        }
    }

    /** A replica that stands still must not hold up the search; what it answers later counts for nothing. */
    private static OpenOutcome ask(Journal door, Function<Journal, OpenOutcome> ask, long patienceMillis) {
        CompletableFuture<OpenOutcome> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("journal-client-ask").start(() -> {
            try {
                answer.complete(ask.apply(door));
            } catch (RuntimeException e) {
                answer.complete(new OpenOutcome.Unavailable(e.toString()));
            }
        });
        OpenOutcome late = new OpenOutcome.Unavailable("a replica did not answer in " + patienceMillis + " ms");
        return answer.completeOnTimeout(late, patienceMillis, TimeUnit.MILLISECONDS)
                .join();
    }

    private void pause() {
        try {
            Thread.sleep(configuration.retryMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for the journal's leader", e);
        }
    }

    private @Nullable String lockedLeader() {
        lock.lock();
        try {
            return leader;
        } finally {
            lock.unlock();
        }
    }

    private boolean lockedClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Sends again what waits, in order. */
    private void attach(String name, Journal door, long openEpoch, Writer newWriter) {
        fenced(openEpoch - 1, openEpoch);
        lock.lock();
        try {
            if (openEpoch < epoch) {
                return;
            }
            if (openEpoch > epoch) {
                heartbeat = 0;
            }
            epoch = openEpoch;
            fencedBy = -1;
            writer = newWriter;
            leader = name;
            attached = door;
            generation++;
            heardAt = System.nanoTime();
            long mine = generation;
            for (PendingEntry each = pending.first(); each != null; each = each.next) {
                if (each.epoch == openEpoch && generation == mine) {
                    send(door, each);
                }
            }
            if (heartbeat > 0 && generation == mine) {
                door.heartbeat(epoch, heartbeat);
            }
        } finally {
            lock.unlock();
        }
    }

    private void send(Journal door, PendingEntry each) {
        each.generation = generation;
        each.sendings++;
        AppendListener listener = each.sendings == 1 ? each : each.again(each.sendings);
        try {
            if (each.expectedPosition == JournalOrder.ANY_POSITION) {
                door.append(each.epoch, each.entry, listener);
            } else {
                door.appendIf(each.epoch, each.expectedPosition, each.entry, listener);
            }
        } catch (RuntimeException e) {
            LOG.debug("a door of the journal failed", e);
            detach();
        }
    }

    @Override
    public void append(long entryEpoch, JournalEntry entry, AppendListener listener) {
        put(entryEpoch, JournalOrder.ANY_POSITION, entry, listener);
    }

    @Override
    public void appendIf(long entryEpoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        if (expectedPosition < 0) {
            throw new IllegalArgumentException("expected position " + expectedPosition);
        }
        put(entryEpoch, expectedPosition, entry, listener);
    }

    private void put(long entryEpoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
        AppendRefusal refusal;
        lock.lock();
        try {
            refusal = refusal(entryEpoch);
            if (refusal == null) {
                long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(configuration.timeoutMillis());
                PendingEntry added = new PendingEntry(this, entryEpoch, expectedPosition, entry, listener, deadline);
                if (pending.isEmpty()) {
                    heardAt = System.nanoTime();
                }
                pending.add(added);
                Journal door = attached;
                if (door != null) {
                    send(door, added);
                } else {
                    look();
                }
            }
        } finally {
            lock.unlock();
        }
        if (refusal != null) {
            listener.onRefused(refusal);
        }
    }

    private @Nullable AppendRefusal refusal(long entryEpoch) {
        if (closed) {
            return new AppendRefusal.Unavailable(CLOSED, false);
        }
        if (entryEpoch < epoch || entryEpoch < 1) {
            return new AppendRefusal.Fenced(epoch);
        }
        if (entryEpoch > epoch) {
            // Opened through another client: this one goes on with it.
            epoch = entryEpoch;
            attached = null;
            generation++;
            heartbeat = 0;
            fencedBy = -1;
        }
        if (fencedBy >= 0) {
            return new AppendRefusal.Fenced(fencedBy);
        }
        return pending.isFull(configuration) ? new AppendRefusal.Overloaded() : null;
    }

    void durable(PendingEntry entry, long position) {
        boolean first;
        lock.lock();
        try {
            heardAt = System.nanoTime();
            first = pending.remove(entry);
        } finally {
            lock.unlock();
        }
        if (first) {
            tell(() -> entry.listener.onDurable(position));
        }
    }

    /** A door may answer within the call, while this thread holds the lock; listeners never hear under it. */
    private void tell(Runnable answer) {
        if (lock.isHeldByCurrentThread()) {
            Thread.ofVirtual().name("journal-client-answer").start(answer);
        } else {
            answer.run();
        }
    }

    /** @param sending which of its sendings was refused; only the last one counts */
    void refused(PendingEntry entry, int sending, AppendRefusal refusal) {
        AppendRefusal told = null;
        lock.lock();
        try {
            heardAt = System.nanoTime();
            if (sending != entry.sendings || entry.answered) {
                return;
            }
            boolean fresh = sending == 1;
            switch (refusal) {
                case AppendRefusal.NotLeader(String named) -> goElsewhere(entry, named);
                case AppendRefusal.Unavailable ignored -> goElsewhere(entry, null);
                case AppendRefusal.Overloaded ignored when !fresh -> goElsewhere(entry, leader);
                case AppendRefusal.Fenced ignored when !fresh -> told = unknown(String.valueOf(refusal));
                default -> told = refusal;
            }
            if (told != null && !pending.remove(entry)) {
                told = null;
            }
        } finally {
            lock.unlock();
        }
        if (told != null) {
            AppendRefusal answer = told;
            tell(() -> entry.listener.onRefused(answer));
        }
    }

    private static AppendRefusal unknown(String why) {
        return new AppendRefusal.Unavailable("it is not known whether the entry was written: " + why, true);
    }

    private void goElsewhere(PendingEntry entry, @Nullable String named) {
        if (entry.generation == generation) {
            leader = named;
            detach();
        }
    }

    /** With the lock held: waits with further appends, and looks for the leader. */
    private void detach() {
        attached = null;
        generation++;
        look();
    }

    private void look() {
        if (!searching && !closed && epoch > 0) {
            searching = true;
            Thread.ofVirtual().name("journal-client-search").start(this::lookForLeader);
        }
    }

    private void lookForLeader() {
        while (true) {
            long wantedEpoch;
            Writer wantedWriter;
            lock.lock();
            try {
                if (attached != null || closed) {
                    searching = false;
                    return;
                }
                wantedEpoch = epoch;
                wantedWriter = writer;
            } finally {
                lock.unlock();
            }
            OpenOutcome outcome;
            try {
                outcome = search(
                        door -> door.resume(wantedEpoch, wantedWriter), wantedWriter, configuration.stallMillis());
            } catch (RuntimeException e) {
                LOG.warn("cannot look for the journal's leader", e);
                outcome = new OpenOutcome.Unavailable(e.toString());
            }
            if (outcome instanceof OpenOutcome.EpochMoved moved) {
                fenced(wantedEpoch, moved.currentEpoch());
            }
            lock.lock();
            try {
                boolean done = attached != null || fencedBy >= 0 || pending.isEmpty();
                if (done || closed) {
                    searching = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** The epoch is over. What was sent before may have been written while it was not. */
    private void fenced(long oldEpoch, long current) {
        List<PendingEntry> over = new ArrayList<>();
        lock.lock();
        try {
            if (epoch == oldEpoch) {
                fencedBy = current;
            }
            for (PendingEntry each = pending.first(); each != null; each = each.next) {
                if (each.epoch <= oldEpoch) {
                    over.add(each);
                }
            }
            over.forEach(pending::remove);
        } finally {
            lock.unlock();
        }
        for (PendingEntry each : over) {
            AppendRefusal fenced = new AppendRefusal.Fenced(current);
            each.listener.onRefused(
                    each.sendings == 0 ? fenced : unknown("epoch " + current + " was opened meanwhile"));
        }
    }

    @Override
    public void heartbeat(long beatingEpoch, long timestamp) {
        lock.lock();
        try {
            if (beatingEpoch == epoch && fencedBy < 0) {
                heartbeat = Math.max(heartbeat, timestamp);
                beatAt = System.nanoTime();
                Journal door = attached;
                if (door != null) {
                    door.heartbeat(beatingEpoch, timestamp);
                }
            }
        } catch (RuntimeException e) {
            LOG.debug("a door of the journal failed", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void seal(long sealedEpoch) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(configuration.timeoutMillis());
        String failure = "no replica of the journal can be reached";
        String hint = lockedLeader();
        while (System.nanoTime() < deadline) {
            for (String name : doors.order(hint)) {
                Journal door = doors.door(name);
                if (door == null) {
                    continue;
                }
                try {
                    door.seal(sealedEpoch);
                    return;
                } catch (RuntimeException e) {
                    failure = String.valueOf(e.getMessage());
                }
            }
            pause();
        }
        throw new IllegalStateException("cannot seal epoch " + sealedEpoch + ": " + failure);
    }

    // Reading.

    @Override
    public EntrySubscription subscribe(long afterPosition, EntrySubscriber subscriber) {
        if (afterPosition < 0) {
            throw new IllegalArgumentException("subscription behind position " + afterPosition);
        }
        ClientSubscription subscription =
                new ClientSubscription(doors, configuration, subscriber, afterPosition, subscriptions::remove);
        subscriptions.add(subscription);
        if (lockedClosed()) {
            subscription.end(CLOSED);
        } else {
            subscription.begin();
        }
        return subscription;
    }

    @Override
    public void requestAdvance(long timestamp) {
        if (timestamp > wanted) {
            wanted = timestamp;
            wantedSince = System.nanoTime();
        }
        for (String name : doors.order(lockedLeader())) {
            Journal door = doors.door(name);
            if (door != null) {
                door.requestAdvance(timestamp);
                return;
            }
        }
    }

    /** Of the leader if one is known, else the highest that a replica knows. */
    @Override
    public long currentEpoch() {
        return highest(Journal::currentEpoch);
    }

    @Override
    public long lastDurablePosition() {
        return highest(Journal::lastDurablePosition);
    }

    private long highest(ToLongFunction<Journal> question) {
        Journal door = lockedAttached();
        if (door != null) {
            try {
                return question.applyAsLong(door);
            } catch (RuntimeException e) {
                LOG.debug("a door of the journal failed", e);
            }
        }
        long highest = 0;
        for (String name : doors.order(null)) {
            Journal other = doors.door(name);
            if (other != null) {
                try {
                    highest = Math.max(highest, question.applyAsLong(other));
                } catch (RuntimeException e) {
                    LOG.debug("a door of the journal failed", e);
                }
            }
        }
        return highest;
    }

    private @Nullable Journal lockedAttached() {
        lock.lock();
        try {
            return attached;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public PositionedEntry read(long position) {
        return firstAnswer(door -> door.read(position));
    }

    @Override
    public long firstPosition() {
        return firstAnswer(Journal::firstPosition);
    }

    /** Any replica tells the others. */
    @Override
    public void trim(long position) {
        firstAnswer(door -> {
            door.trim(position);
            return position;
        });
    }

    /** The answer of the first replica that gives one; throws what the first one threw if none does. */
    private <T> T firstAnswer(Function<Journal, T> question) {
        RuntimeException failure = null;
        for (String name : doors.order(lockedLeader())) {
            Journal door = doors.door(name);
            if (door == null) {
                continue;
            }
            try {
                return question.apply(door);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure == null ? new IllegalStateException("no replica of the journal can be reached") : failure;
    }

    // Time.

    private void watch() {
        long tick = Math.max(1, TimeUnit.MILLISECONDS.toNanos(configuration.stallMillis()) / 5);
        while (true) {
            List<PendingEntry> late = new ArrayList<>();
            lock.lock();
            try {
                long rest = tick;
                while (!closed && rest > 0) {
                    rest = changed.awaitNanos(rest);
                }
                if (closed) {
                    return;
                }
                findLate(late);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
            for (PendingEntry each : late) {
                each.listener.onRefused(
                        each.sendings == 0
                                ? new AppendRefusal.Unavailable("no leader of the journal was found in time", false)
                                : unknown("no answer in " + configuration.timeoutMillis() + " ms"));
            }
            lookAfterSubscriptions();
        }
    }

    private void findLate(List<PendingEntry> late) {
        long now = System.nanoTime();
        for (PendingEntry each = pending.first(); each != null && now > each.deadline; each = pending.first()) {
            pending.remove(each);
            late.add(each);
        }
        long stall = TimeUnit.MILLISECONDS.toNanos(configuration.stallMillis());
        // Heartbeats are never answered: while only those flow, resuming anew shows whether the leader still lives.
        boolean owed = !pending.isEmpty() || heartbeat > 0 && now - beatAt < BEATING_STALLS * stall;
        if (owed && attached != null && now - heardAt > stall) {
            heardAt = now;
            detach();
        } else if (owed && attached == null) {
            look();
        }
    }

    private void lookAfterSubscriptions() {
        long now = System.nanoTime();
        long stall = TimeUnit.MILLISECONDS.toNanos(configuration.stallMillis());
        boolean missed = false;
        for (ClientSubscription subscription : subscriptions) {
            if (now - wantedSince > stall && subscription.isSilentBelow(wanted, now, stall)) {
                missed = true;
                subscription.moveOn();
            }
        }
        if (missed) {
            askEverybody();
        }
    }

    /** The replica that was asked, or the leader that it knew, may stand still. */
    private void askEverybody() {
        for (String name : doors.order(null)) {
            Journal door = doors.door(name);
            if (door != null) {
                try {
                    door.requestAdvance(wanted);
                } catch (RuntimeException e) {
                    LOG.debug("a door of the journal failed", e);
                }
            }
        }
    }

    /** Ends all streams, and answers what waits as unknown. */
    @Override
    public void close() {
        List<PendingEntry> left = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
            attached = null;
            for (PendingEntry each = pending.first(); each != null; each = pending.first()) {
                pending.remove(each);
                left.add(each);
            }
        } finally {
            lock.unlock();
        }
        for (PendingEntry each : left) {
            each.listener.onRefused(
                    each.sendings == 0 ? new AppendRefusal.Unavailable(CLOSED, false) : unknown(CLOSED));
        }
        for (ClientSubscription subscription : subscriptions) {
            subscription.end(CLOSED);
        }
        watchman.interrupt();
    }
}
