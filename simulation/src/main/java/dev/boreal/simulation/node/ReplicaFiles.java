package dev.boreal.simulation.node;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.disk.LogCursor;
import dev.boreal.journal.disk.SegmentLog;
import dev.boreal.journal.disk.StandingFile;
import dev.boreal.journal.order.AppendQueue;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.replica.CopyRequest;
import dev.boreal.journal.replica.RecordBatch;
import dev.boreal.journal.replica.ReplicaCore;
import dev.boreal.journal.replica.Standing;
import dev.boreal.simulation.PlantedBug;
import dev.boreal.simulation.world.DiskFailed;
import dev.boreal.simulation.world.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a replica: the real {@link SegmentLog} and {@link StandingFile} on a simulated disk, and what
 * {@code journal.service.ReplicaDisk} does with a thread done by events. What waits while the disk is at work is written together
 * when it is done.
 */
final class ReplicaFiles {
    private static final int SEGMENT_BYTES = 32 << 10;
    private static final int BUFFER_BYTES = 8 << 10;
    private static final int COPIED_BYTES = 4 << 10;
    private static final AppendListener NOBODY = new AppendListener() {
        @Override
        public void onDurable(long position) {}

        @Override
        public void onRefused(AppendRefusal refusal) {}
    };

    private final SimulatedDisk disk;
    private final Runnable starts;
    private final SegmentLog log;
    private final StandingFile standing;
    private final List<PositionedEntry> entries = new ArrayList<>();
    private final ArrayDeque<Object> row = new ArrayDeque<>();
    private final List<CopyRequest> copies = new ArrayList<>();
    private final boolean acknowledgesEarly;
    private long durableIndex;
    private @Nullable Told working;

    private record Cut(long index) {}

    /** What the core is to be told when the disk is done. */
    private interface Told {
        void tell(ReplicaCore core);
    }

    /**
     * Recovers what is on the disk. Throws {@link DiskFailed} if the disk is to blame for it that nothing can be begun with it.
     *
     * @param starts the disk is at work: {@link #done} is to be called when a while has passed
     */
    ReplicaFiles(SimulatedDisk disk, Runnable starts, PlantedBug bug) {
        this.disk = disk;
        this.acknowledgesEarly = bug == PlantedBug.REPLICA_ACKNOWLEDGES_BEFORE_SYNC;
        this.starts = starts;
        try {
            disk.syncAtOnce();
            standing = StandingFile.open(disk);
            log = SegmentLog.open(disk, SEGMENT_BYTES, BUFFER_BYTES, Runnable::run);
            durableIndex = log.lastIndex();
            readEntries();
        } catch (IOException e) {
            throw disk.blamed(e);
        }
    }

    private void readEntries() throws IOException {
        long last = log.state().lastPosition();
        try (LogCursor cursor = log.cursor(0)) {
            while (entries.size() < last) {
                if (cursor.read(last, Integer.MAX_VALUE, Long.MAX_VALUE, entries) < 1) {
                    throw new IOException("position " + (entries.size() + 1) + " cannot be read");
                }
            }
        }
    }

    SegmentLog log() {
        return log;
    }

    Standing standing() {
        return standing.standing();
    }

    /** The last record that is on the disk whatever happens. */
    long durableIndex() {
        return durableIndex;
    }

    /** Of a record that is written or about to be; 0 before the first one. */
    long termAt(long index) {
        return index == 0 ? 0 : log.notes().terms().termAt(index);
    }

    /** Entries behind position {@code after} up to {@code through}, written or about to be. */
    List<PositionedEntry> between(long after, long through) {
        return entries.subList((int) after, (int) through);
    }

    void write(long term, RecordKind kind, long position, long epoch, JournalEntry entry) {
        if (kind == RecordKind.ENTRY) {
            entries.add(new PositionedEntry(position, epoch, entry));
        }
        AppendQueue queue;
        if (row.peekLast() instanceof AppendQueue last) {
            queue = last;
        } else {
            queue = new AppendQueue();
            row.add(queue);
        }
        queue.add(kind, term, position, epoch, 0, entry, NOBODY);
    }

    void cutAfter(long index) {
        row.add(new Cut(index));
    }

    void stand(Standing next) {
        row.add(next);
    }

    void copy(CopyRequest request) {
        copies.add(request);
    }

    /** The core's step is over: the disk begins with what waits, unless it is at work. */
    void go() {
        if (working != null || (row.isEmpty() && copies.isEmpty())) {
            return;
        }
        Object next = row.pollFirst();
        try {
            working = switch (next) {
                case null -> core -> {};
                case AppendQueue queue -> write(queue);
                case Cut(long index) -> cut(index);
                case Standing kept -> keep(kept);
                default -> throw new IllegalStateException("nothing can be done with " + next);
            };
        } catch (IOException e) {
            throw disk.blamed(e);
        }
        starts.run();
    }

    private Told write(AppendQueue queue) throws IOException {
        disk.completeSyncs();
        disk.syncAtOnce();
        int to = log.fit(queue, 0);
        disk.deferSyncs();
        log.write(queue, 0, to);
        long durable = log.lastIndex();
        if (to < queue.size()) {
            AppendQueue rest = new AppendQueue();
            for (int i = to; i < queue.size(); i++) {
                rest.add(queue.kind(i), queue.term(i), queue.position(i), queue.epoch(i), 0, queue.entry(i), NOBODY);
            }
            row.addFirst(rest);
        }
        return core -> core.synced(durable);
    }

    private Told cut(long index) throws IOException {
        disk.syncAtOnce();
        LogState end = log.cutAfter(index);
        long last = end.lastPosition();
        entries.subList((int) last, entries.size()).clear();
        return core -> core.cut(end);
    }

    private Told keep(Standing next) throws IOException {
        disk.deferSyncs();
        standing.write(next);
        return core -> core.stood(next);
    }

    /** The disk has done what it was at, and what was asked to be read is read. */
    void done(ReplicaCore core, long now) {
        if (!acknowledgesEarly) {
            disk.completeSyncs();
        }
        durableIndex = log.lastIndex();
        Told told = working;
        working = null;
        if (told != null) {
            told.tell(core);
        }
        List<CopyRequest> asked = List.copyOf(copies);
        copies.clear();
        for (CopyRequest request : asked) {
            if (request.afterIndex() < log.lastIndex()) {
                core.copied(request, read(request), now);
            } else {
                copies.add(request); // It is about to be written.
            }
        }
    }

    private RecordBatch read(CopyRequest request) {
        List<Long> terms = new ArrayList<>();
        List<RecordKind> kinds = new ArrayList<>();
        List<JournalEntry> read = new ArrayList<>();
        long through = Math.min(request.throughIndex(), log.lastIndex());
        try {
            boolean held = log.copy(request.afterIndex(), through, COPIED_BYTES, (index, term, kind, time, payload) -> {
                terms.add(term);
                kinds.add(kind);
                read.add(new JournalEntry(time, payload));
            });
            if (!held) {
                throw new IllegalStateException("nothing is trimmed, but " + request.afterIndex() + " is not there");
            }
        } catch (IOException e) {
            throw disk.blamed(e);
        }
        return new RecordBatch(
                request.afterIndex() + 1,
                read.size(),
                terms.stream().mapToLong(Long::longValue).toArray(),
                kinds.toArray(RecordKind[]::new),
                read.toArray(JournalEntry[]::new));
    }
}
