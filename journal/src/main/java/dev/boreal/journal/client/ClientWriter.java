package dev.boreal.journal.client;

import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.door.Journal.Writer;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.order.JournalOrder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes at the replica that leads. While it is <i>attached</i> there, appends pass straight through; else they wait in the
 * row of those that were not answered, while a thread looks for the leader. When it is attached anew, the row is sent again in its order: each
 * sending has a number, and only the answer to the last one decides. A <i>generation</i> is the time between two attachments; what is
 * heard of an earlier one does not break off the present one.
 *
 * <p>Any thread. The lock guards all fields; listeners never hear under it.
 */
final class ClientWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ClientWriter.class);
    private static final Writer NOBODY = timestamp -> {};

    /** A writer that was silent for so many stalls does not mind when nobody is looked for. */
    private static final int BEATING_STALLS = 10;

    private final ClientConfiguration configuration;
    private final LeaderSearch search;
    private final KnownEnd knownEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private final PendingRow pending = new PendingRow();
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

    ClientWriter(Doors doors, ClientConfiguration configuration, KnownEnd knownEnd) {
        this.configuration = configuration;
        this.knownEnd = knownEnd;
        search = new LeaderSearch(doors, configuration, this::isClosed);
    }

    /** Puts the question to the replicas until one opens or resumes the journal, and writes there from then on. */
    OpenOutcome attach(Function<Journal, OpenOutcome> question, Writer newWriter, long patienceMillis) {
        LeaderSearch.Found found = search.find(question, leader(), patienceMillis);
        if (found.outcome() instanceof OpenOutcome.Opened opened && found.replica() != null && found.door() != null) {
            knownEnd.raise(opened.lastPosition());
            attach(found.replica(), found.door(), opened.epoch(), newWriter);
        }
        return found.outcome();
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

    /** @param expectedPosition {@link JournalOrder#ANY_POSITION} if none is expected */
    void append(long entryEpoch, long expectedPosition, JournalEntry entry, AppendListener listener) {
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
            return new AppendRefusal.Unavailable(ReplicatedJournalClient.CLOSED, false);
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
        knownEnd.raise(position);
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
                outcome = attach(
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
        List<PendingEntry> over;
        lock.lock();
        try {
            if (epoch == oldEpoch) {
                fencedBy = current;
            }
            over = pending.takeThrough(oldEpoch);
        } finally {
            lock.unlock();
        }
        refuse(over, new AppendRefusal.Fenced(current), "epoch " + current + " was opened meanwhile");
    }

    /** Answers what was removed from the row: what was never sent was surely not written. */
    private static void refuse(List<PendingEntry> over, AppendRefusal ofUnsent, String why) {
        for (PendingEntry each : over) {
            each.listener.onRefused(each.sendings == 0 ? ofUnsent : unknown(why));
        }
    }

    void heartbeat(long beatingEpoch, long timestamp) {
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

    /** To be called now and then: answers what is late, and leaves a replica that does not answer. */
    void watch(long now) {
        List<PendingEntry> late;
        lock.lock();
        try {
            late = pending.takeLate(now);
            leaveIfSilent(now);
        } finally {
            lock.unlock();
        }
        AppendRefusal unsent = new AppendRefusal.Unavailable("no leader of the journal was found in time", false);
        refuse(late, unsent, "no answer in " + configuration.timeoutMillis() + " ms");
    }

    private void leaveIfSilent(long now) {
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

    /** Answers what waits as unknown. */
    void close() {
        List<PendingEntry> left;
        lock.lock();
        try {
            closed = true;
            attached = null;
            left = pending.takeThrough(Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
        refuse(
                left,
                new AppendRefusal.Unavailable(ReplicatedJournalClient.CLOSED, false),
                ReplicatedJournalClient.CLOSED);
    }

    /** Who is thought to lead, or null. */
    @Nullable String leader() {
        lock.lock();
        try {
            return leader;
        } finally {
            lock.unlock();
        }
    }

    /** At which replica it writes now, or null. */
    @Nullable String attached() {
        lock.lock();
        try {
            return attached == null ? null : leader;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
