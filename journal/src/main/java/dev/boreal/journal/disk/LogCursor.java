package dev.boreal.journal.disk;

import dev.boreal.contracts.journal.JournalEntry;
import dev.boreal.contracts.journal.PositionedEntry;
import dev.boreal.journal.disk.RecordReader.Found;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.record.SegmentHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the log forwards, checking every entry. Owns an open file; not thread-safe. */
public final class LogCursor implements Closeable {
    /** What {@link #read} returns when the next entry was trimmed. */
    public static final int TRIMMED = -1;

    private static final int WINDOW_BYTES = 256 << 10;

    private final SegmentLog log;
    private final Disk disk;
    private long nextPosition;
    private @Nullable Place place;

    LogCursor(SegmentLog log, Disk disk, long afterPosition) {
        this.log = log;
        this.disk = disk;
        nextPosition = afterPosition + 1;
    }

    /** Where in which file the cursor stands. */
    private static final class Place {
        final Segment segment;
        final DiskFile file;
        final SegmentBytes bytes;
        final RecordReader reader;
        long offset;

        Place(Segment segment, DiskFile file, long offset) throws IOException {
            this.segment = segment;
            this.file = file;
            this.offset = offset;
            bytes = new SegmentBytes(file, WINDOW_BYTES);
            reader = new RecordReader(segment.number(), bytes, file.size());
        }
    }

    /**
     * Adds the next entries to {@code target}: at least one, unless the first has been trimmed or lies behind {@code
     * throughPosition}.
     *
     * @param throughPosition known to be durable
     * @param maxBytes of payload, after which no further entry is read
     * @return how many, or {@link #TRIMMED}
     * @throws JournalCorruptException if an entry is not found as it was written
     */
    public int read(long throughPosition, int maxEntries, long maxBytes, List<PositionedEntry> target)
            throws IOException {
        if (place != null) {
            place.bytes.invalidate();
        }
        int count = 0;
        long bytes = 0;
        while (count < maxEntries && bytes < maxBytes && nextPosition <= throughPosition) {
            Place at = place == null ? openSegment() : place;
            if (at == null) {
                return count > 0 ? count : TRIMMED;
            }
            place = at;
            PositionedEntry entry = readAt(at);
            if (entry == null) {
                close();
                continue;
            }
            target.add(entry);
            bytes += entry.entry().payload().length;
            nextPosition++;
            count++;
        }
        return count;
    }

    /** The place from which to look for the next position, or null if it was trimmed. */
    private @Nullable Place openSegment() throws IOException {
        Segment segment = log.segmentOf(nextPosition);
        if (segment == null) {
            return null;
        }
        try {
            DiskFile file = disk.openToRead(segment.fileName());
            return new Place(segment, file, segment.index().floorOffset(nextPosition, SegmentHeader.BYTES));
        } catch (NoSuchFileException e) {
            Segment again = log.segmentOf(nextPosition);
            if (again == null) {
                return null;
            }
            throw new JournalCorruptException(
                    disk.describe(segment.fileName()), 0, "the file is missing", nextPosition - 1);
        }
    }

    /** The entry at the next position, or null if it is in a later segment. */
    private @Nullable PositionedEntry readAt(Place at) throws IOException {
        RecordHeader header = at.reader.header();
        while (true) {
            if (at.offset >= at.segment.index().end()) {
                return null;
            }
            Found found = at.reader.peek(at.offset);
            if (found == Found.BLANK && !isLookedForIn(at.segment)) {
                return null;
            }
            if (found != Found.RECORD) {
                throw damaged(at, "the entry with position " + nextPosition + " should stand there");
            }
            if (header.kind() == RecordKind.ENTRY && header.position() >= nextPosition) {
                return entryAt(at, header);
            }
            at.offset += header.recordBytes();
        }
    }

    private boolean isLookedForIn(Segment segment) {
        Segment holder = log.segmentOf(nextPosition);
        return holder != null && holder.number() == segment.number();
    }

    private PositionedEntry entryAt(Place at, RecordHeader header) throws IOException {
        byte[] payload = at.reader.payload(at.offset);
        if (!at.reader.checksumHolds(at.offset, payload)) {
            throw damaged(at, "the checksum of the record there does not hold");
        }
        if (header.position() != nextPosition) {
            throw damaged(at, "position " + header.position() + " stands there instead of " + nextPosition);
        }
        at.offset += header.recordBytes();
        return new PositionedEntry(nextPosition, header.epoch(), new JournalEntry(header.timestamp(), payload));
    }

    private JournalCorruptException damaged(Place at, String reason) {
        return new JournalCorruptException(disk.describe(at.segment.fileName()), at.offset, reason, nextPosition - 1);
    }

    @Override
    public void close() throws IOException {
        Place open = place;
        place = null;
        if (open != null) {
            open.file.close();
        }
    }
}
