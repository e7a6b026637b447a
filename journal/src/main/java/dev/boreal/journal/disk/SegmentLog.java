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

    private final Disk disk;
    private final long segmentBytes;
    private final SegmentPreparer preparer;
    private final LogState state;
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
            beginSegment();
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

    private void beginSegment() throws IOException {
        long number = activeNumber + 1;
        DiskFile file = preparer.take(number, preparedBytes(number));
        DiskFile full = active;
        active = file;
        activeNumber = number;
        new SegmentHeader(
                        number,
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
        addSegment(new Segment(number, state.lastPosition() + 1, new PositionIndex()));
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
            follow(kind, queue.position(i), queue.epoch(i), entry);
            header.set(
                    activeNumber,
                    offset,
                    durableBefore,
                    kind,
                    queue.position(i),
                    queue.epoch(i),
                    entry.timestamp(),
                    payload);
            if (kind == RecordKind.ENTRY) {
                index.add(queue.position(i), offset);
            }
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
    private void follow(RecordKind kind, long position, long epoch, JournalEntry entry) {
        String owner = kind == RecordKind.EPOCH ? new String(entry.payload(), StandardCharsets.UTF_8) : "";
        String objection = state.follow(kind, position, epoch, entry.timestamp(), owner);
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
        while (true) {
            Segment oldest = removeOldest(position);
            if (oldest == null) {
                return;
            }
            disk.delete(oldest.fileName());
            disk.syncNames();
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

    /** Where the log ends. For the writer's thread, or before there is one. */
    public LogState state() {
        return state.copy();
    }

    @Override
    public void close() throws IOException {
        preparer.close();
        if (active != null) {
            active.close();
        }
    }
}
