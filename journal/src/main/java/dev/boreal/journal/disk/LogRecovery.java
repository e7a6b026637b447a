package dev.boreal.journal.disk;

import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the log in a directory, and its end.
 *
 * <p>The writer syncs after every write, and begins a segment only when the one before is synced; so what a crash can
 * leave half done is one write at the end of the last segment in use, or the header of the segment that was about to be
 * begun. Within that one write any sectors may be there or not. That much is a <i>torn tail</i>: nobody was told that it
 * is durable, and it is cut. All else that does not fit is <i>damage</i>, and is never repaired by guessing. A bad record
 * at the end is told from damage by the {@code durableBefore} of good ones behind it (see
 * {@link dev.boreal.journal.record.RecordHeader}).
 *
 * <p>A replica may have to take records back. It never touches their bytes: the header of the next segment says from
 * which index on everything before it is void ({@link SegmentHeader.Joint}). That header is there or it is not, so a
 * crash leaves the whole log or the cut one.
 *
 * <p>Two things have to happen before what was found may be called durable. The records of the last write may be in the
 * page cache only, if the process died and the machine did not; and if their sync failed, Linux has marked their pages
 * clean, so that another sync would say yes without writing. Hence recovery writes them, and the header that may have been
 * written last instead, once more and then syncs. And the
 * bytes behind the cut become zeros, lest a later recovery take them for records.
 */
final class LogRecovery {
    /** A segment whose header is torn or blank has never been written to if this much behind the header is zero. */
    private static final int UNTOUCHED_BYTES = 64 << 10;

    private static final int COPY_BYTES = 1 << 20;

    private static final long VOID = -1;

    private final Disk disk;
    private final List<Segment> segments = new ArrayList<>();
    private final LogNotes notes = new LogNotes();
    private LogState state = LogState.beginning();
    private long end;
    private @Nullable TornTail tornTail;

    private LogRecovery(Disk disk) {
        this.disk = disk;
    }

    /** Reads everything, throws if it is damaged, and only then cuts what is torn. */
    static LogRecovery run(Disk disk) throws IOException {
        LogRecovery recovery = new LogRecovery(disk);
        recovery.recover();
        return recovery;
    }

    private void recover() throws IOException {
        long[] numbers = segmentNumbers();
        List<SegmentHeader> headers = new ArrayList<>();
        long tornHeader = -1;
        for (int i = 0; i < numbers.length; i++) {
            boolean last = i == numbers.length - 1;
            SegmentHeader header = header(numbers[i], last);
            if (header == null) {
                if (tornHeader < 0 && !isBlank(numbers[i])) {
                    tornHeader = numbers[i];
                }
            } else if (headers.size() < i) {
                throw damaged(
                        numbers[headers.size()],
                        0,
                        "its header is gone, although segment " + numbers[i] + " was begun");
            } else {
                headers.add(header);
            }
        }
        if (headers.isEmpty()) {
            if (numbers.length > 0 && numbers[0] != 1) {
                throw damaged(numbers[0] - 1, 0, "the file is missing, and all before it");
            }
        } else {
            scan(headers, tornHeader >= 0);
        }
        if (tornHeader >= 0) {
            clearHeader(tornHeader);
        }
    }

    private long[] segmentNumbers() throws IOException {
        long[] numbers = disk.list().stream()
                .mapToLong(Segment::numberOf)
                .filter(number -> number > 0)
                .sorted()
                .toArray();
        for (int i = 1; i < numbers.length; i++) {
            if (numbers[i] != numbers[i - 1] + 1) {
                throw damaged(
                        numbers[i - 1] + 1, 0, "the file is missing, although segment " + numbers[i] + " is there");
            }
        }
        return numbers;
    }

    /** The header, or null if the segment was not begun. */
    private @Nullable SegmentHeader header(long number, boolean last) throws IOException {
        String name = Segment.fileName(number);
        try (DiskFile file = disk.openToRead(name)) {
            byte[] bytes = new byte[SegmentHeader.BYTES];
            int read = file.read(ByteBuffer.wrap(bytes), 0);
            switch (SegmentHeader.decode(bytes)) {
                case SegmentHeader.Reading.Valid(SegmentHeader header) -> {
                    if (header.number() != number) {
                        throw damaged(number, 0, "it is segment " + header.number() + " under another's name");
                    }
                    return header;
                }
                case SegmentHeader.Reading.OtherVersion(int version) ->
                    throw new JournalVersionException(disk.describe(name), version);
                case SegmentHeader.Reading.Blank() -> {
                    requireUntouched(number, file, "its header is blank, but records follow");
                    if (read < SegmentHeader.BYTES && !last) {
                        throw damaged(
                                number, 0, "it is only " + read + " bytes long, although a later one was prepared");
                    }
                }
                case SegmentHeader.Reading.Damaged(String reason) -> {
                    requireUntouched(number, file, reason);
                    if (read < SegmentHeader.BYTES) {
                        throw damaged(number, 0, "it is only " + read + " bytes long");
                    }
                }
            }
            return null;
        }
    }

    private void requireUntouched(long number, DiskFile file, String reason) throws IOException {
        SegmentBytes bytes = new SegmentBytes(file, UNTOUCHED_BYTES);
        if (bytes.firstNonZero(SegmentHeader.BYTES, SegmentHeader.BYTES + UNTOUCHED_BYTES) >= 0) {
            throw damaged(number, 0, reason);
        }
    }

    private boolean isBlank(long number) throws IOException {
        try (DiskFile file = disk.openToRead(Segment.fileName(number))) {
            return new SegmentBytes(file, SegmentHeader.BYTES).firstNonZero(0, SegmentHeader.BYTES) < 0;
        }
    }

    private void scan(List<SegmentHeader> headers, boolean nextWasBegun) throws IOException {
        long[] endIndexes = endIndexes(headers);
        int from = 0;
        while (endIndexes[from] == VOID) {
            from++;
        }
        SegmentHeader first = headers.get(from);
        state = stateAt(first);
        notes.begin(state);
        for (int i = from; i < headers.size(); i++) {
            if (endIndexes[i] != VOID) {
                scan(headers.get(i), endIndexes[i], i == headers.size() - 1, nextWasBegun);
            }
        }
    }

    /** For each segment the index from which on a later one made it void: {@link #VOID} if all of it is. */
    private static long[] endIndexes(List<SegmentHeader> headers) {
        long[] endIndexes = new long[headers.size()];
        long cut = Long.MAX_VALUE;
        for (int i = headers.size() - 1; i >= 0; i--) {
            SegmentHeader header = headers.get(i);
            endIndexes[i] = cut <= header.firstIndex() && i < headers.size() - 1 ? VOID : cut;
            cut = switch (header.joint()) {
                case CONTINUES -> endIndexes[i] == VOID ? cut : Long.MAX_VALUE;
                case CUTS -> Math.min(cut, header.firstIndex());
                case ANEW -> VOID;
            };
        }
        return endIndexes;
    }

    private void scan(SegmentHeader header, long endIndex, boolean last, boolean nextWasBegun) throws IOException {
        requireContinues(header);
        Segment segment =
                new Segment(header.number(), header.firstIndex(), header.firstPosition(), new PositionIndex());
        segments.add(segment);
        try (DiskFile file = last ? disk.openOrCreate(segment.fileName()) : disk.openToRead(segment.fileName())) {
            SegmentScan scan =
                    new SegmentScan(disk.describe(segment.fileName()), segment, file, state, notes, endIndex);
            scan.run();
            end = scan.end();
            if (endIndex != Long.MAX_VALUE) {
                scan.requireCut();
            } else if (!last || nextWasBegun) {
                scan.requireEnd();
            } else {
                settle(segment, file, scan, scan.requireTornAtMost());
            }
        }
    }

    /** The log where a segment begins. */
    static LogState stateAt(SegmentHeader header) {
        return new LogState(
                header.firstIndex() - 1,
                header.lastTerm(),
                header.epoch(),
                header.owner(),
                header.sealed(),
                header.firstPosition() - 1,
                header.lastTimestamp());
    }

    private void requireContinues(SegmentHeader header) throws JournalCorruptException {
        if (header.firstPosition() != state.lastPosition() + 1
                || header.firstIndex() != state.lastIndex() + 1
                || header.epoch() != state.epoch()
                || header.lastTimestamp() < state.lastTimestamp()) {
            throw damaged(
                    header.number(),
                    0,
                    "it begins with index " + header.firstIndex() + " and position " + header.firstPosition()
                            + " of epoch " + header.epoch()
                            + ", but what comes before it ends with position " + state.lastPosition() + " of epoch "
                            + state.epoch());
        }
    }

    /** Makes what was found durable, and what was not found zero. */
    private void settle(Segment segment, DiskFile file, SegmentScan scan, long tailEnd) throws IOException {
        rewrite(file, 0, SegmentHeader.BYTES);
        rewrite(file, scan.lastWriteStart(), end);
        if (tailEnd > end) {
            zero(file, end, tailEnd);
            tornTail = new TornTail(disk.describe(segment.fileName()), end, tailEnd - end, scan.stopReason());
        }
        file.sync();
    }

    private static void rewrite(DiskFile file, long from, long to) throws IOException {
        SegmentBytes bytes =
                new SegmentBytes(file, (int) Math.min(COPY_BYTES, Math.max(to - from, RecordHeader.BYTES)));
        for (long at = from; at < to; at += COPY_BYTES) {
            byte[] copy = new byte[(int) Math.min(COPY_BYTES, to - at)];
            bytes.copy(at, copy);
            file.write(ByteBuffer.wrap(copy), at);
        }
    }

    private void clearHeader(long number) throws IOException {
        String name = Segment.fileName(number);
        try (DiskFile file = disk.openOrCreate(name)) {
            zero(file, 0, SegmentHeader.BYTES);
            file.sync();
        }
        tornTail = new TornTail(disk.describe(name), 0, SegmentHeader.BYTES, "its header was not written completely");
    }

    private static void zero(DiskFile file, long from, long to) throws IOException {
        for (long at = from; at < to; at += COPY_BYTES) {
            file.write(ByteBuffer.allocate((int) Math.min(COPY_BYTES, to - at)), at);
        }
    }

    private JournalCorruptException damaged(long number, long offset, String reason) {
        return new JournalCorruptException(
                disk.describe(Segment.fileName(number)), offset, reason, state.lastPosition());
    }

    /** The segments in use, in order. */
    List<Segment> segments() {
        return segments;
    }

    /** Where the log ends. */
    LogState state() {
        return state;
    }

    /** Offset in the last segment behind the last record. */
    long end() {
        return end;
    }

    LogNotes notes() {
        return notes;
    }

    @Nullable TornTail tornTail() {
        return tornTail;
    }
}
