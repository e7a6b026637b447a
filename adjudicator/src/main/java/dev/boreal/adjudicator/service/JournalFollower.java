package dev.boreal.adjudicator.service;

import dev.boreal.adjudicator.tenure.Election;
import dev.boreal.adjudicator.tenure.Election.Step;
import dev.boreal.adjudicator.tenure.RecentOutcomes;
import dev.boreal.clock.TimeBounds;
import dev.boreal.contracts.door.Adjudicator.Leadership;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.contracts.transaction.TransactionRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the journal, leading or not: tells the election of tenures, remembers which transactions committed, and calls
 * those who wait for a position. The journal's threads only note what comes; the candidate's thread does what follows from
 * it. The monitor guards everything and is held for moments.
 */
final class JournalFollower {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFollower.class);
    private static final long CREDIT = 4_096;
    /** What it follows for is a change of leaders, which takes longer. */
    private static final long PATIENCE_NANOS = 20_000_000;
    /** How far back to look for a tenure's record at first: a leader writes three in each length of a tenure. */
    private static final long FIRST_LOOK_BACK = 1 << 16;

    private final Journal journal;
    private final Election election;
    private final RecentOutcomes outcomes;
    private final Runnable news;
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable Stream stream;
    private long position;
    private boolean begun;
    private boolean nothingBefore;
    private boolean outcomesBegun;

    /** @param news called when there may be something to do; must not block */
    JournalFollower(Journal journal, Election election, RecentOutcomes outcomes, Runnable news) {
        this.journal = journal;
        this.election = election;
        this.outcomes = outcomes;
        this.news = news;
    }

    private record Waiting(long position, Runnable reached) {}

    /** Whether the journal must be followed anew with {@link #resume}. */
    synchronized boolean isInterrupted() {
        return stream == null;
    }

    /** Begins, or goes on after the stream was closed. May wait for the journal. */
    void resume() {
        long first = journal.firstPosition();
        boolean fresh;
        long from;
        synchronized (this) {
            fresh = !begun;
            from = position;
        }
        if (fresh) {
            from = Math.max(first - 1, journal.lastDurablePosition() - FIRST_LOOK_BACK);
        }
        if (fresh || from < first - 1) {
            from = Math.max(from, first - 1);
            follow(from, from == first - 1, true);
        } else {
            follow(from, nothingBefore, false);
        }
    }

    /** Follows anew from the journal's first position. */
    void lookFurtherBack() {
        follow(journal.firstPosition() - 1, true, true);
    }

    private void follow(long after, boolean complete, boolean gap) {
        Stream fresh = new Stream();
        Stream old;
        synchronized (this) {
            old = stream;
            stream = fresh;
            begun = true;
            position = after;
            nothingBefore = complete;
            election.follows(after, complete);
            if (gap) {
                outcomesBegun = after == 0;
                outcomes.restart(after == 0 ? 0 : Long.MAX_VALUE);
            }
        }
        if (old != null) {
            old.close();
        }
        fresh.open(journal.subscribe(after, fresh));
    }

    synchronized Step next(TimeBounds now) {
        return election.next(now);
    }

    synchronized void endIs(long lastDurablePosition, long currentEpoch, TimeBounds now) {
        election.endIs(lastDurablePosition, currentEpoch, now);
    }

    synchronized void opened(OpenOutcome outcome, TimeBounds now) {
        election.opened(outcome, now);
    }

    synchronized void ended() {
        election.ended();
    }

    synchronized Leadership leadership() {
        return new Leadership(false, election.owner(), election.epoch());
    }

    synchronized AdjudicatorStatus status(String name) {
        return new AdjudicatorStatus(
                name,
                false,
                election.owner(),
                election.epoch(),
                0,
                election.notAfter(),
                election.position(),
                0,
                outcomes.size());
    }

    /** When it committed; 0 if it certainly did not as far as was followed; -1 if that is not remembered. */
    synchronized long committedAt(long transactionId, long snapshot) {
        long found = outcomes.find(transactionId);
        return found != 0 ? found : snapshot >= outcomes.since() ? 0 : -1;
    }

    /** Runs {@code reached}, on any thread, once the journal was followed up to {@code target}. */
    void whenReached(long target, Runnable reached) {
        synchronized (this) {
            if (position < target) {
                waiting.add(new Waiting(target, reached));
                return;
            }
        }
        reached.run();
    }

    void close() {
        Stream old;
        synchronized (this) {
            old = stream;
            stream = null;
        }
        if (old != null) {
            old.close();
        }
    }

    private synchronized boolean take(Stream from, List<PositionedEntry> entries, List<Runnable> reached) {
        if (stream != from) {
            return false;
        }
        for (int i = 0; i < entries.size(); i++) {
            take(entries.get(i));
        }
        if (!waiting.isEmpty()) {
            waiting.removeIf(one -> one.position <= position && reached.add(one.reached));
        }
        return true;
    }

    private void take(PositionedEntry entry) {
        byte[] payload = entry.entry().payload();
        long timestamp = entry.entry().timestamp();
        if (!outcomesBegun) {
            outcomesBegun = true;
            outcomes.restart(timestamp - 1);
        }
        if (TransactionRecord.kindOf(payload) == TransactionRecord.Kind.COMMIT) {
            outcomes.add(TransactionRecord.transactionIdOf(payload), timestamp);
        }
        position = entry.position();
        election.followed(entry.position(), entry.epoch(), timestamp, payload);
    }

    private synchronized boolean hasNews() {
        return election.hasNews();
    }

    private synchronized boolean lose(Stream closed) {
        if (stream != closed) {
            return false;
        }
        stream = null;
        return true;
    }

    /** One subscription; what an earlier one still says is not heard. */
    private final class Stream implements Journal.EntrySubscriber {
        private Journal.@Nullable EntrySubscription subscription; // guarded by this
        private boolean closed; // guarded by this

        @Override
        public long patienceNanos() {
            return PATIENCE_NANOS;
        }

        void open(Journal.EntrySubscription opened) {
            boolean late;
            synchronized (this) {
                subscription = opened;
                late = closed;
            }
            if (late) {
                opened.close();
            } else {
                opened.request(CREDIT);
            }
        }

        void close() {
            Journal.EntrySubscription opened;
            synchronized (this) {
                closed = true;
                opened = subscription;
            }
            if (opened != null) {
                opened.close();
            }
        }

        @Override
        public void onEntries(List<PositionedEntry> entries) {
            List<Runnable> reached = new ArrayList<>(0);
            try {
                if (!take(this, entries, reached)) {
                    return;
                }
            } catch (IllegalArgumentException e) {
                LOG.error("The journal holds what no adjudicator wrote", e);
                close();
                onClosed(String.valueOf(e.getMessage()));
                return;
            }
            Journal.EntrySubscription opened;
            synchronized (this) {
                opened = subscription;
            }
            if (opened != null) {
                opened.request(entries.size());
            }
            for (Runnable run : reached) {
                run.run();
            }
            if (hasNews()) {
                news.run();
            }
        }

        @Override
        public void onWatermark(long timestamp) {
            // A promise says nothing about tenures.
        }

        @Override
        public void onClosed(String reason) {
            if (lose(this)) {
                LOG.debug("The journal's stream closed: {}", reason);
                news.run();
            }
        }
    }
}
