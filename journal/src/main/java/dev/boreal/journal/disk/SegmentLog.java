package dev.boreal.journal.disk;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.journal.order.AppendQueue;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.record.SegmentHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The log as a row of segment files. One thread writes ({@link #fit}, {@link #write}); any thread reads through cursors
 * of its own, up to a position that it knows to be durable, and trims.
 *
 * <p>A write is done with one sync: records are gathered in one buffer, which goes to the file in one write unless they
 * are larger than it. A segment is begun with a header of its own sync, once in {@code segmentBytes}; so records behind a
 * bad header are always damage.
 *
 * <p><b>A failed sync is final.</b> After fsync has reported an error once, Linux drops the dirty state of the pages that it
 * could not write: the next fsync succeeds and the data is not there. (PostgreSQL learned this in 2018, "fsyncgate";
 * Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020.) Whoever gets an exception from
 * {@link #write} must never call it again; only a restart, whose recovery rewrites the last write, finds out what is true.
 */
public final class SegmentLog implements Closeable {
    /** The first segment of a new journal is no larger, so that a first start does not wait for zeros. */
    private static final long FIRST_SEGMENT_BYTES = 4L << 20;

    private final Object deleting = new Object();
    private boolean closed; // guarded by deleting
    private final Disk disk;
    private final long segmentBytes;
    private final SegmentPreparer preparer;
    private LogState state;
    private final LogNotes notes;
    private final @Nullable TornTail tornTail;
    private final ByteBuffer buffer;
    private final RecordHeader header = new RecordHeader();
    private volatile Segment[] segments;
    private @Nullable DiskFile active;
    private long activeNumber;
    private long capacity;
    private int end;

    private SegmentLog(Disk disk, long segmentBytes, int writeBufferBytes, Executor background, LogRecovery recovered) {
        this.disk = disk;
        this.segmentBytes = segmentBytes;
        preparer = new SegmentPreparer(disk, background);
        state = recovered.state().copy();
        notes = recovered.notes();
        tornTail = recovered.tornTail();
        buffer = ByteBuffer.allocateDirect(Math.max(writeBufferBytes, SegmentHeader.BYTES));
        segments = recovered.segments().toArray(Segment[]::new);
    }

    /**
     * Recovers the log of a directory, or begins one.
     *
     * @param segmentBytes size to which segments are filled with zeros; a larger record makes its segment larger
     * @param background runs what fills the next segment; may run it at once
     * @throws JournalCorruptException if it is damaged
     * @throws JournalVersionException if another release wrote it
     */
    public static SegmentLog open(Disk disk, long segmentBytes, int writeBufferBytes, Executor background)
            throws IOException {
        LogRecovery recovered = LogRecovery.run(disk);
        SegmentLog log = new SegmentLog(disk, segmentBytes, writeBufferBytes, background, recovered);
        log.resume((int) recovered.end());
        return log;
    }

    private void resume(int recoveredEnd) throws IOException {
        if (segments.length > 0) {
            Segment last = segments[segments.length - 1];
            DiskFile file = disk.openOrCreate(last.fileName());
            active = file;
            activeNumber = last.number();
            capacity = file.size();
            end = recoveredEnd;
        }
        preparer.begin(activeNumber + 1, preparedBytes(activeNumber + 1));
    }

    private long preparedBytes(long number) {
        return number == 1 ? Math.min(segmentBytes, FIRST_SEGMENT_BYTES) : segmentBytes;
    }

    /**
     * How many records of the queue, from {@code from} on, the next write can take: returns the index behind them. Begins
     * a new segment if not even one fits. Nothing of the records has been written when this throws.
     */
    public int fit(AppendQueue queue, int from) throws IOException {
        int to = fitting(queue, from);
        if (to == from) {
            beginSegment(SegmentHeader.Joint.CONTINUES);
            to = Math.max(fitting(queue, from), from + 1);
        }
        return to;
    }

    private int fitting(AppendQueue queue, int from) {
        long room = capacity - end;
        int to = from;
        while (to < queue.size()) {
            room -= RecordHeader.recordBytes(queue.entry(to).payload().length);
            if (room < 0) {
                break;
            }
            to++;
        }
        return to;
    }

    private void beginSegment(SegmentHeader.Joint joint) throws IOException {
        long number = activeNumber + 1;
        DiskFile file = preparer.take(number, preparedBytes(number));
        DiskFile full = active;
        active = file;
        activeNumber = number;
        new SegmentHeader(
                        number,
                        joint,
                        state.lastIndex() + 1,
                        state.lastTerm(),
                        state.lastPosition() + 1,
                        state.epoch(),
                        state.isSealed(),
                        state.lastTimestamp(),
                        state.owner())
                .encode(buffer);
        file.write(buffer, 0);
        file.sync();
        capacity = file.size();
        end = SegmentHeader.BYTES;
        addSegment(new Segment(number, state.lastIndex() + 1, state.lastPosition() + 1, new PositionIndex()));
        if (full != null) {
            full.close();
        }
        preparer.begin(number + 1, preparedBytes(number + 1));
    }

    private synchronized void addSegment(Segment segment) {
        Segment[] more = Arrays.copyOf(segments, segments.length + 1);
        more[segments.length] = segment;
        segments = more;
    }

    /** Writes the records that {@link #fit} counted, and syncs: they are durable when this returns. */
    public void write(AppendQueue queue, int from, int to) throws IOException {
        DiskFile file = active;
        if (file == null) {
            throw new IllegalStateException("no segment was begun");
        }
        PositionIndex index = segments[segments.length - 1].index();
        int durableBefore = end;
        int offset = end;
        long flushed = end;
        buffer.clear();
        for (int i = from; i < to; i++) {
            JournalEntry entry = queue.entry(i);
            byte[] payload = entry.payload();
            RecordKind kind = queue.kind(i);
            long recordIndex = state.nextIndex(kind);
            follow(kind, recordIndex, queue.term(i), queue.position(i), queue.epoch(i), entry);
            header.set(
                    activeNumber,
                    offset,
                    durableBefore,
                    kind,
                    recordIndex,
                    queue.term(i),
                    queue.position(i),
                    queue.epoch(i),
                    entry.timestamp(),
                    payload);
            index.add(kind == RecordKind.ENTRY ? queue.position(i) : queue.position(i) + 1, recordIndex, offset);
            flushed = makeRoom(file, flushed, RecordHeader.BYTES);
            header.encode(buffer);
            flushed = putPayload(file, flushed, payload);
            flushed = makeRoom(file, flushed, RecordHeader.ALIGNMENT);
            for (int padding = header.paddingBytes(); padding > 0; padding--) {
                buffer.put((byte) 0);
            }
            offset += header.recordBytes();
        }
        flush(file, flushed);
        file.sync();
        end = offset;
    }

    /** The log checks what it writes by the rule by which it will be read. */
    private void follow(RecordKind kind, long index, long term, long position, long epoch, JournalEntry entry) {
        String owner = kind == RecordKind.EPOCH ? new String(entry.payload(), StandardCharsets.UTF_8) : "";
        String objection = state.follow(kind, index, term, position, epoch, entry.timestamp(), owner);
        if (objection != null) {
            throw new IllegalStateException("a record to be written " + objection);
        }
    }

    private long putPayload(DiskFile file, long flushedBefore, byte[] payload) throws IOException {
        long flushed = flushedBefore;
        int done = 0;
        while (done < payload.length) {
            flushed = makeRoom(file, flushed, 1);
            int count = Math.min(buffer.remaining(), payload.length - done);
            buffer.put(payload, done, count);
            done += count;
        }
        return flushed;
    }

    private long makeRoom(DiskFile file, long flushed, int bytes) throws IOException {
        return buffer.remaining() >= bytes ? flushed : flush(file, flushed);
    }

    private long flush(DiskFile file, long flushed) throws IOException {
        buffer.flip();
        long after = flushed + buffer.limit();
        file.write(buffer, flushed);
        buffer.clear();
        return after;
    }

    /**
     * Takes back the records behind {@code index}: durable when this returns. For the writer's thread; readers must not
     * be reading what is taken back. Reads the segment that holds the index.
     *
     * @return where the log ends now
     */
    public LogState cutAfter(long index) throws IOException {
        if (index < state.lastIndex()) {
            Segment holder = segmentOfIndex(index + 1);
            if (holder == null) {
                throw new IllegalArgumentException("cut behind index " + index + ", which was trimmed");
            }
            state = scanThrough(holder, index);
            removeBehind(holder);
            beginSegment(SegmentHeader.Joint.CUTS);
        }
        return state.copy();
    }

    /** The log behind the record at {@code index}; what follows in the segment is void from now on. */
    private LogState scanThrough(Segment holder, long index) throws IOException {
        try (DiskFile file = disk.openToRead(holder.fileName())) {
            byte[] bytes = new byte[SegmentHeader.BYTES];
            file.read(ByteBuffer.wrap(bytes), 0);
            if (!(SegmentHeader.decode(bytes) instanceof SegmentHeader.Reading.Valid(SegmentHeader first))) {
                throw new JournalCorruptException(
                        disk.describe(holder.fileName()), 0, "its header is not as it was written", index);
            }
            LogState behind = LogRecovery.stateAt(first);
            SegmentScan scan =
                    new SegmentScan(disk.describe(holder.fileName()), holder, file, behind, new LogNotes(), index + 1);
            scan.run();
            scan.requireCut();
            return behind;
        }
    }

    private synchronized void removeBehind(Segment last) {
        int count = Arrays.asList(segments).indexOf(last) + 1;
        segments = Arrays.copyOf(segments, count);
    }

    /** Forgets all records; the log goes on behind {@code base}, whose earlier part lies elsewhere. Durable on return. */
    public void beginAnew(LogState base) throws IOException {
        state = base.copy();
        synchronized (this) {
            segments = new Segment[0];
        }
        beginSegment(SegmentHeader.Joint.ANEW);
        deleteBefore(activeNumber);
    }

    /** Where the log that is held begins: behind which record. Reads a header. */
    public LogState base() throws IOException {
        Segment[] current = segments;
        if (current.length == 0) {
            return LogState.beginning();
        }
        try (DiskFile file = disk.openToRead(current[0].fileName())) {
            byte[] bytes = new byte[SegmentHeader.BYTES];
            file.read(ByteBuffer.wrap(bytes), 0);
            if (SegmentHeader.decode(bytes) instanceof SegmentHeader.Reading.Valid(SegmentHeader header)) {
                return LogRecovery.stateAt(header);
            }
            throw new JournalCorruptException(
                    disk.describe(current[0].fileName()), 0, "its header is not as it was written", 0);
        }
    }

    /**
     * Reads records of any kind behind {@code afterIndex}; for those who copy the log. Any thread; what it reads must be
     * written.
     *
     * @return whether the record behind {@code afterIndex} is still held
     */
    public boolean copy(long afterIndex, long throughIndex, long maxBytes, RecordVisitor visitor) throws IOException {
        return new RecordCopier(this, disk).copy(afterIndex, throughIndex, maxBytes, visitor);
    }

    /** Hears of records in order. */
    public interface RecordVisitor {
        void record(long index, long term, RecordKind kind, long timestamp, byte[] payload);
    }

    /** What recovery noted of the records. */
    public LogNotes notes() {
        return notes;
    }

    /** Reads entries behind {@code afterPosition}. */
    public LogCursor cursor(long afterPosition) {
        return new LogCursor(this, disk, afterPosition);
    }

    /** The segment that holds {@code position} or will, or null if that was trimmed. */
    @Nullable Segment segmentOf(long position) {
        Segment[] current = segments;
        int low = 0;
        int high = current.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (current[middle].firstPosition() <= position) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? null : current[high];
    }

    /** The segment that holds the record at {@code index} or will, or null if that was trimmed. */
    @Nullable Segment segmentOfIndex(long index) {
        Segment[] current = segments;
        for (int i = current.length - 1; i >= 0; i--) {
            if (current[i].firstIndex() <= index) {
                return current[i];
            }
        }
        return null;
    }

    /** The index of the first record that is held or, if none is, will be. */
    public long firstIndex() {
        Segment[] current = segments;
        return current.length == 0 ? 1 : current[0].firstIndex();
    }

    /** The position of the first entry that is held or, if none is, will be. */
    public long firstPosition() {
        Segment[] current = segments;
        return current.length == 0 ? 1 : current[0].firstPosition();
    }

    /**
     * Deletes the segments, but for the last, that hold nothing behind {@code position}: oldest first, each made durable
     * before the next, so that a crash leaves no gap.
     */
    public void trim(long position) throws IOException {
        boolean removed = false;
        while (removeOldest(position) != null) {
            removed = true;
        }
        Segment[] current = segments;
        if (removed && current.length > 0) {
            deleteBefore(current[0].number());
        }
    }

    /** Holds up no writer; a log that is closed deletes nothing, for its files may be another's by then. */
    private void deleteBefore(long number) throws IOException {
        synchronized (deleting) {
            if (closed) {
                return;
            }
            List<String> names = disk.list();
            long[] numbers = names.stream()
                    .mapToLong(Segment::numberOf)
                    .filter(found -> found > 0 && found < number)
                    .sorted()
                    .toArray();
            for (long old : numbers) {
                disk.delete(Segment.fileName(old));
                disk.syncNames();
            }
        }
    }

    private synchronized @Nullable Segment removeOldest(long position) {
        if (segments.length < 2 || segments[1].firstPosition() - 1 > position) {
            return null;
        }
        Segment oldest = segments[0];
        segments = Arrays.copyOfRange(segments, 1, segments.length);
        return oldest;
    }

    /** What had to be cut when the log was opened, or null. */
    public @Nullable TornTail tornTail() {
        return tornTail;
    }

    /** Index of the last record. For the writer's thread. */
    public long lastIndex() {
        return state.lastIndex();
    }

    /** Where the log ends. For the writer's thread, or before there is one. */
    public LogState state() {
        return state.copy();
    }

    @Override
    public void close() throws IOException {
        synchronized (deleting) {
            closed = true;
        }
        preparer.close();
        if (active != null) {
            active.close();
        }
    }
}
