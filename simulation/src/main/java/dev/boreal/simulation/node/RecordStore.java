package dev.boreal.simulation.node;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.order.RecentAppends;
import dev.boreal.journal.order.TermRuns;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.CopyRequest;
import dev.boreal.journal.replica.RecordBatch;
import dev.boreal.journal.replica.ReplicaCore;
import dev.boreal.journal.replica.Standing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The disk of a replica as it sees it: records in order, and its standing. What is asked is done later, in order; a crash leaves some
 * beginning of what was under way.
 */
final class RecordStore {
    private final Runnable starts;
    private final ArrayDeque<Operation> queue = new ArrayDeque<>();
    private final List<Copy> copies = new ArrayList<>();
    private final List<Stored> written = new ArrayList<>();
    private final List<Stored> durable = new ArrayList<>();
    private Standing standing = Standing.NONE;
    private boolean working;

    /** A record at its place. */
    record Stored(long index, long term, RecordKind kind, long position, long epoch, JournalEntry entry) {}

    private record Copy(CopyRequest request, int most) {}

    private sealed interface Operation {
        record Write(Stored stored) implements Operation {}

        record Cut(long index) implements Operation {}

        record Stand(Standing standing) implements Operation {}
    }

    /** @param starts to be called back by {@link #work} some time after this is */
    RecordStore(Runnable starts) {
        this.starts = starts;
    }

    Standing standing() {
        return standing;
    }

    /** Begins again with what is on the disk. */
    LogState recover(TermRuns terms, RecentAppends recent) {
        written.clear();
        written.addAll(durable);
        for (Stored record : durable) {
            terms.add(record.index, record.term);
            if (record.kind == RecordKind.ENTRY) {
                recent.add(record.position, record.epoch, record.entry.timestamp());
            }
        }
        return end();
    }

    private LogState end() {
        LogState state = LogState.beginning();
        for (Stored record : durable) {
            String owner =
                    record.kind == RecordKind.EPOCH ? new String(record.entry.payload(), StandardCharsets.UTF_8) : "";
            String objection = state.follow(
                    record.kind,
                    record.index,
                    record.term,
                    record.position,
                    record.epoch,
                    record.entry.timestamp(),
                    owner);
            if (objection != null) {
                throw new IllegalStateException("a record on the disk " + objection);
            }
        }
        return state;
    }

    void crash(Chance chance) {
        int kept = queue.isEmpty() ? 0 : chance.below(queue.size() + 1);
        for (int i = 0; i < kept; i++) {
            apply(queue.removeFirst());
        }
        queue.clear();
        copies.clear();
        working = false;
    }

    void write(long term, RecordKind kind, long position, long epoch, JournalEntry entry) {
        Stored stored = new Stored(written.size() + 1L, term, kind, position, epoch, entry);
        written.add(stored);
        ask(new Operation.Write(stored));
    }

    void cutAfter(long index) {
        written.subList((int) index, written.size()).clear();
        ask(new Operation.Cut(index));
    }

    void stand(Standing next) {
        ask(new Operation.Stand(next));
    }

    void copy(CopyRequest request, int most) {
        copies.add(new Copy(request, most));
        start();
    }

    /** Records behind {@code after} up to {@code through}, written or about to be. */
    List<Stored> between(long after, long through) {
        return written.subList((int) after, (int) Math.min(through, written.size()));
    }

    /** The last record that a crash leaves. */
    long durableIndex() {
        return durable.size();
    }

    /** Of a record that is written or about to be; 0 before the first one. */
    long termAt(long index) {
        return index == 0 ? 0 : written.get((int) index - 1).term;
    }

    private void ask(Operation operation) {
        queue.add(operation);
        start();
    }

    private void start() {
        if (!working) {
            working = true;
            starts.run();
        }
    }

    private void apply(Operation operation) {
        switch (operation) {
            case Operation.Write(Stored stored) -> durable.add(stored);
            case Operation.Cut(long index) -> {
                if (index < durable.size()) {
                    durable.subList((int) index, durable.size()).clear();
                }
            }
            case Operation.Stand(Standing next) -> standing = next;
        }
    }

    /** The disk has done what it had been asked by now. */
    void work(ReplicaCore core, long now) {
        int count = queue.size();
        for (int i = 0; i < count; i++) {
            Operation operation = queue.removeFirst();
            apply(operation);
            switch (operation) {
                case Operation.Write(Stored stored) -> {
                    if (i == count - 1 || !(queue.peekFirst() instanceof Operation.Write)) {
                        core.synced(stored.index);
                    }
                }
                case Operation.Cut ignored -> core.cut(end());
                case Operation.Stand(Standing next) -> core.stood(next);
            }
        }
        List<Copy> asked = List.copyOf(copies);
        copies.clear();
        for (Copy copy : asked) {
            long after = copy.request.afterIndex();
            long through = Math.min(copy.request.throughIndex(), after + copy.most);
            RecordBatch batch = ReplicaNode.batch(after + 1, between(Math.min(after, written.size()), through));
            core.copied(copy.request, batch, now);
        }
        working = false;
        if (!queue.isEmpty() || !copies.isEmpty()) {
            start();
        }
    }
}
