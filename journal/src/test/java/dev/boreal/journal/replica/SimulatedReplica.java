package dev.boreal.journal.replica;

import dev.boreal.clock.Chance;
import dev.boreal.contracts.door.Journal;
import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.OpenOutcome;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.order.RecentAppends;
import dev.boreal.journal.order.TermRuns;
import dev.boreal.journal.record.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replica with a disk of its own that forgets what was not synced. The disk does what it was asked in order, a while
 * later; a crash keeps any number of the first things asked.
 */
class SimulatedReplica implements ReplicaEffects {
    /** So often a read of records that are on the disk only fails. */
    private static final int FAILING_READ = 50;

    record Stored(long index, long term, RecordKind kind, long position, long epoch, JournalEntry entry) {
        boolean isSameAs(Stored other) {
            return index == other.index
                    && term == other.term
                    && kind == other.kind
                    && position == other.position
                    && epoch == other.epoch
                    && entry.equals(other.entry);
        }
    }

    private sealed interface DiskOperation {
        record Write(Stored record) implements DiskOperation {}

        record Cut(long index) implements DiskOperation {}

        record Anew(LogState base) implements DiskOperation {}

        record Stand(Standing standing) implements DiskOperation {}
    }

    final String name;
    private final SimulatedWorld world;
    private final ReplicaConfiguration configuration;
    private final Deque<DiskOperation> queue = new ArrayDeque<>();
    private final List<CopyRequest> copies = new ArrayList<>();
    private int reads;
    private boolean awaited;
    private LogState base = LogState.beginning();
    /** As the running replica sees it: on the disk or on its way. */
    private final List<Stored> written = new ArrayList<>();
    /** What a crash leaves. */
    private final List<Stored> durable = new ArrayList<>();

    private Standing standing = Standing.NONE;
    private @Nullable ReplicaCore core;
    boolean paused;
    boolean diskWorks;
    int life;
    long toldIndex;
    long toldPosition;
    long watermark;

    SimulatedReplica(String name, SimulatedWorld world, ReplicaConfiguration configuration) {
        this.name = name;
        this.world = world;
        this.configuration = configuration;
    }

    boolean isUp() {
        return core != null;
    }

    ReplicaCore core() {
        return java.util.Objects.requireNonNull(core);
    }

    void start() {
        life++;
        LogState state = base.copy();
        TermRuns terms = new TermRuns(base.lastIndex(), base.lastTerm());
        RecentAppends recent = new RecentAppends();
        for (Stored record : durable) {
            follow(state, record);
            terms.add(record.index, record.term);
            if (record.kind == RecordKind.ENTRY) {
                recent.add(record.position, record.epoch, record.entry.timestamp());
            }
        }
        written.clear();
        written.addAll(durable);
        toldIndex = 0;
        toldPosition = 0;
        watermark = 0;
        core = new ReplicaCore(name, configuration, recovered(standing), state, terms, recent, this);
        core.awaited(awaited);
    }

    /** What the disk says of the standing when the replica starts again. */
    Standing recovered(Standing durableStanding) {
        return durableStanding;
    }

    /** Readers here want to hear news at once, from now on. */
    void await() {
        awaited = true;
        if (isUp()) {
            core().awaited(true);
        }
    }

    void receive(String from, Message message, long now) {
        core().receive(from, message, now);
    }

    void flush() {
        core().flush();
    }

    long now() {
        return world.now();
    }

    /** The last record that a crash leaves. */
    long durableIndex() {
        return base.lastIndex() + durable.size();
    }

    /** Of a record that is on the disk or on its way there, or before them. */
    long writtenTerm(long index) {
        return index <= base.lastIndex() ? base.lastTerm() : written.get((int) (index - base.lastIndex()) - 1).term;
    }

    private static void follow(LogState state, Stored record) {
        String owner =
                record.kind == RecordKind.EPOCH ? new String(record.entry.payload(), StandardCharsets.UTF_8) : "";
        String objection = state.follow(
                record.kind, record.index, record.term, record.position, record.epoch, record.entry.timestamp(), owner);
        if (objection != null) {
            throw new Violation("a record on the disk " + objection);
        }
    }

    /** Ends the process; some of what was under way has reached the disk. */
    void crash(Chance chance) {
        core = null;
        paused = false;
        int kept = queue.isEmpty() ? 0 : chance.below(queue.size() + 1);
        for (int i = 0; i < kept; i++) {
            apply(queue.removeFirst());
        }
        queue.clear();
        copies.clear();
        diskWorks = false;
    }

    private void apply(DiskOperation operation) {
        switch (operation) {
            case DiskOperation.Write(Stored record) -> durable.add(record);
            case DiskOperation.Cut(long index) -> durable.removeIf(record -> record.index > index);
            case DiskOperation.Anew(LogState newBase) -> {
                base = newBase.copy();
                durable.clear();
            }
            case DiskOperation.Stand(Standing next) -> standing = next;
        }
    }

    /** The disk has done what it had been asked by now. */
    void diskDone() {
        diskWorks = false;
        int count = queue.size();
        for (int i = 0; i < count; i++) {
            DiskOperation operation = queue.removeFirst();
            apply(operation);
            switch (operation) {
                case DiskOperation.Write(Stored record) -> {
                    if (!(queue.peekFirst() instanceof DiskOperation.Write) || i == count - 1) {
                        core().synced(record.index);
                    }
                }
                case DiskOperation.Cut cut -> core().cut(durableState());
                case DiskOperation.Anew(LogState newBase) -> core().begunAnew(newBase);
                case DiskOperation.Stand(Standing next) -> core().stood(next);
            }
        }
        List<CopyRequest> asked = List.copyOf(copies);
        copies.clear();
        for (CopyRequest request : asked) {
            read(request);
        }
        if (!queue.isEmpty() || !copies.isEmpty()) {
            world.diskStarts(this);
        }
    }

    private LogState durableState() {
        LogState state = base.copy();
        for (Stored record : durable) {
            follow(state, record);
        }
        return state;
    }

    private void read(CopyRequest request) {
        if (++reads % FAILING_READ == 0) {
            core().copyFailed(request);
            return;
        }
        if (request.afterIndex() < base.lastIndex()) {
            core().trimmedBefore(request, base.copy(), world.now());
            return;
        }
        List<Stored> found = new ArrayList<>();
        for (Stored record : written) {
            if (record.index > request.afterIndex() && record.index <= request.throughIndex() && found.size() < 5) {
                found.add(record);
            }
        }
        int size = found.size();
        long[] terms = new long[size];
        RecordKind[] kinds = new RecordKind[size];
        JournalEntry[] entries = new JournalEntry[size];
        for (int i = 0; i < size; i++) {
            terms[i] = found.get(i).term;
            kinds[i] = found.get(i).kind;
            entries[i] = found.get(i).entry;
        }
        core().copied(request, new RecordBatch(request.afterIndex() + 1, size, terms, kinds, entries), world.now());
    }

    private void ask(DiskOperation operation) {
        queue.add(operation);
        world.diskStarts(this);
    }

    @Override
    public void write(long term, RecordKind kind, long position, long epoch, JournalEntry entry) {
        long index = written.isEmpty() ? base.lastIndex() + 1 : written.getLast().index + 1;
        Stored record = new Stored(index, term, kind, position, epoch, entry);
        written.add(record);
        ask(new DiskOperation.Write(record));
    }

    @Override
    public void cutAfter(long index) {
        written.removeIf(record -> record.index > index);
        ask(new DiskOperation.Cut(index));
    }

    @Override
    public void beginAnew(LogState newBase) {
        written.clear();
        ask(new DiskOperation.Anew(newBase.copy()));
    }

    @Override
    public void stand(Standing next) {
        ask(new DiskOperation.Stand(next));
    }

    @Override
    public void send(String peer, Message message) {
        world.send(this, peer, message);
    }

    @Override
    public void copy(CopyRequest request) {
        copies.add(request);
        world.diskStarts(this);
    }

    @Override
    public void committed(long index, long position) {
        if (index <= toldIndex || position < toldPosition) {
            throw new Violation("commits go back to index " + index + " from " + toldIndex);
        }
        for (Stored record : written) {
            if (record.index > toldIndex && record.index <= index) {
                world.committed(this, record);
                if (record.kind == RecordKind.ENTRY && toldIndex > 0 && record.entry.timestamp() <= watermark) {
                    throw new Violation(name + " told watermark " + watermark + " before it told the entry of "
                            + record.entry.timestamp());
                }
            }
        }
        toldIndex = index;
        toldPosition = position;
    }

    @Override
    public void answered(long index) {
        if (index != toldIndex) {
            throw new Violation("answered up to " + index + ", committed up to " + toldIndex);
        }
    }

    @Override
    public void watermark(long timestamp) {
        if (timestamp <= watermark) {
            throw new Violation("the watermark goes back to " + timestamp + " from " + watermark);
        }
        watermark = timestamp;
    }

    @Override
    public void durable(AppendListener listener, long position) {
        listener.onDurable(position);
    }

    @Override
    public void refused(AppendListener listener, AppendRefusal refusal) {
        listener.onRefused(refusal);
    }

    @Override
    public void opened(OpenListener listener, OpenOutcome outcome) {
        listener.answered(outcome);
    }

    @Override
    public void advanceRequested(Journal.Writer writer, long timestamp) {
        writer.advanceRequested(timestamp);
    }

    @Override
    public void trim(long position) {
        LogState end = base.copy();
        for (Stored record : durable) {
            if (record.position > position || record.index > toldIndex) {
                break;
            }
            follow(end, record);
        }
        if (end.lastIndex() > base.lastIndex()) {
            durable.removeIf(record -> record.index <= end.lastIndex());
            written.removeIf(record -> record.index <= end.lastIndex());
            base = end;
        }
    }
}
