package dev.boreal.journal.disk;

import dev.boreal.journal.disk.RecordReader.Found;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.record.SegmentHeader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Reads records of every kind forwards from an index, checking each. One reading per instance. */
final class RecordCopier {
    private static final int WINDOW_BYTES = 256 << 10;

    private final SegmentLog log;
    private final Disk disk;
    private long nextIndex;
    private long bytesLeft;

    RecordCopier(SegmentLog log, Disk disk) {
        this.log = log;
        this.disk = disk;
    }

    boolean copy(long afterIndex, long throughIndex, long maxBytes, SegmentLog.RecordVisitor visitor)
            throws IOException {
        nextIndex = afterIndex + 1;
        bytesLeft = maxBytes;
        while (nextIndex <= throughIndex && bytesLeft > 0) {
            Segment segment = log.segmentOfIndex(nextIndex);
            if (segment == null) {
                return false;
            }
            long before = nextIndex;
            try (DiskFile file = disk.openToRead(segment.fileName())) {
                copySegment(segment, file, throughIndex, visitor);
            } catch (NoSuchFileException trimmed) {
                if (log.segmentOfIndex(nextIndex) == null) {
                    return false;
                }
                throw trimmed;
            }
            if (nextIndex == before) {
                throw new JournalCorruptException(
                        disk.describe(segment.fileName()), 0, "it does not hold index " + before, before - 1);
            }
        }
        return true;
    }

    private void copySegment(Segment segment, DiskFile file, long throughIndex, SegmentLog.RecordVisitor visitor)
            throws IOException {
        SegmentBytes bytes = new SegmentBytes(file, WINDOW_BYTES);
        RecordReader reader = new RecordReader(segment.number(), bytes, file.size());
        RecordHeader header = reader.header();
        long end = segment.index().end();
        long offset = segment.index().floorOffsetOfIndex(nextIndex, SegmentHeader.BYTES);
        while (offset < end && nextIndex <= throughIndex && bytesLeft > 0 && reader.peek(offset) == Found.RECORD) {
            if (header.kind() != RecordKind.CLOSE && header.index() >= nextIndex) {
                byte[] payload = checked(segment, reader, header, offset);
                visitor.record(header.index(), header.term(), header.kind(), header.timestamp(), payload);
                bytesLeft -= header.recordBytes();
                nextIndex++;
            }
            offset += header.recordBytes();
        }
    }

    private byte[] checked(Segment segment, RecordReader reader, RecordHeader header, long offset) throws IOException {
        byte[] payload = reader.payload(offset);
        @Nullable String objection = null;
        if (!reader.checksumHolds(offset, payload)) {
            objection = "the checksum of the record there does not hold";
        } else if (header.index() != nextIndex) {
            objection = "index " + header.index() + " stands there instead of " + nextIndex;
        }
        if (objection != null) {
            throw new JournalCorruptException(disk.describe(segment.fileName()), offset, objection, nextIndex - 1);
        }
        return payload;
    }
}
