package dev.boreal.queryprocessor.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last {@value #KEPT} conflicts that sessions of this query processor met, for the view boreal_conflicts. On the heap
 * only; the oldest make room for new ones. Thread-safe.
 */
final class ConflictLog {
    static final int KEPT = 1_000;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** Whose transaction failed. */
    record Loser(long transactionId, int processId, String user, String session) {}

    /** One conflict. */
    static final class Entry {
        private final ConflictReport report;
        private final Loser loser;
        private final long atMicros;
        private volatile boolean retried;

        private Entry(ConflictReport report, Loser loser, long atMicros) {
            this.report = report;
            this.loser = loser;
            this.atMicros = atMicros;
        }

        ConflictReport report() {
            return report;
        }

        Loser loser() {
            return loser;
        }

        /** Microseconds since 2000-01-01 UTC. */
        long atMicros() {
            return atMicros;
        }

        /** Whether the server ran the transaction again by itself. */
        boolean retried() {
            return retried;
        }

        void retry() {
            retried = true;
        }
    }

    Entry add(ConflictReport report, Loser loser, long atMicros) {
        Entry entry = new Entry(report, loser, atMicros);
        synchronized (entries) {
            if (entries.size() == KEPT) {
                entries.removeFirst();
            }
            entries.addLast(entry);
        }
        return entry;
    }

    /** Oldest first. */
    List<Entry> entries() {
        synchronized (entries) {
            return new ArrayList<>(entries);
        }
    }
}
