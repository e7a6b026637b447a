package dev.boreal.journal.disk;

import dev.boreal.journal.order.LogState;
import dev.boreal.journal.order.RecentAppends;
import dev.boreal.journal.order.TermRuns;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.RecordKind;

/** What recovery notes down of the records it walks over, for the replica that goes on with them. */
public final class LogNotes {
    private TermRuns terms = new TermRuns(0, 0);
    private final RecentAppends recentAppends = new RecentAppends();

    void begin(LogState state) {
        terms = new TermRuns(state.lastIndex(), state.lastTerm());
    }

    void add(RecordHeader header) {
        if (header.kind() != RecordKind.CLOSE) {
            terms.add(header.index(), header.term());
        }
        if (header.kind() == RecordKind.ENTRY) {
            recentAppends.add(header.position(), header.epoch(), header.timestamp());
        }
    }

    public TermRuns terms() {
        return terms;
    }

    public RecentAppends recentAppends() {
        return recentAppends;
    }
}
