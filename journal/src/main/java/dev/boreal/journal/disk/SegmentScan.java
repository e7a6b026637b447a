package dev.boreal.journal.disk;

import dev.boreal.journal.disk.RecordReader.Found;
import dev.boreal.journal.order.LogState;
import dev.boreal.journal.record.RecordHeader;
import dev.boreal.journal.record.RecordKind;
import dev.boreal.journal.record.SegmentHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Walks over the records of one segment, checks every one, and says where and how they end. Changes nothing. */
final class SegmentScan {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int LEAST_WINDOW_BYTES = 64 << 10;

    private final String path;
    private final Segment segment;
    private final LogState state;
    private final LogNotes notes;
    private final long endIndex;
    private final SegmentBytes bytes;
    private final RecordReader reader;
    private final long fileBytes;
    private long end = SegmentHeader.BYTES;
    private long lastWriteStart = SegmentHeader.BYTES;
    private Found stoppedAt = Found.BLANK;

    /**
     * @param state where the segment begins; {@link #run} moves it behind the last good record
     * @param notes told of every record
     * @param endIndex where to stop: a later segment made what stands from there on void
     */
    SegmentScan(String path, Segment segment, DiskFile file, LogState state, LogNotes notes, long endIndex)
            throws IOException {
        this.path = path;
        this.segment = segment;
        this.state = state;
        this.notes = notes;
        this.endIndex = endIndex;
        fileBytes = file.size();
        bytes = new SegmentBytes(file, Math.clamp(fileBytes, LEAST_WINDOW_BYTES, WINDOW_BYTES));
        reader = new RecordReader(segment.number(), bytes, fileBytes);
    }

    void run() throws IOException {
        RecordHeader header = reader.header();
        while (true) {
            stoppedAt = reader.check(end);
            if (stoppedAt != Found.RECORD || state.lastIndex() + 1 >= endIndex) {
                return;
            }
            RecordKind kind = header.kind();
            String owner = kind == RecordKind.EPOCH ? new String(reader.payload(end), StandardCharsets.UTF_8) : "";
            String objection = state.follow(
                    kind, header.index(), header.term(), header.position(), header.epoch(), header.timestamp(), owner);
            if (objection != null) {
                throw damaged(end, "the record there " + objection);
            }
            long entryPosition = kind == RecordKind.ENTRY ? header.position() : header.position() + 1;
            segment.index().add(entryPosition, header.index(), (int) end);
            notes.add(header);
            lastWriteStart = header.durableBefore();
            end += header.recordBytes();
        }
    }

    /** Requires that nothing stands behind the records, since a later segment was begun. */
    void requireEnd() throws IOException {
        if (stoppedAt == Found.DAMAGED) {
            throw damaged(end, "no sound record stands there, although a later segment was begun");
        }
        long garbage = bytes.firstNonZero(end, fileBytes);
        if (garbage >= 0) {
            throw damaged(end, "blank space stands there before something else at byte " + garbage);
        }
    }

    /** Requires that the records reached the index at which a later segment cuts them, and makes the rest void. */
    void requireCut() throws IOException {
        if (state.lastIndex() + 1 < endIndex) {
            throw damaged(
                    end,
                    "the records end with index " + state.lastIndex() + ", although a later segment goes on with index "
                            + endIndex);
        }
        segment.index().cut(end);
    }

    /**
     * Looks at what stands behind the records of the last segment: returns how far something other than zeros does,
     * which is {@link #end} if the log ends in good order.
     *
     * @throws JournalCorruptException if it is no interrupted write
     */
    long requireTornAtMost() throws IOException {
        long tailEnd = bytes.endOfNonZero(end, fileBytes);
        RecordHeader header = reader.header();
        for (long at = end + RecordHeader.ALIGNMENT; at < tailEnd; at += RecordHeader.ALIGNMENT) {
            boolean wouldProve = reader.peek(at) == Found.RECORD && header.durableBefore() > end;
            if (wouldProve && reader.check(at) == Found.RECORD) {
                throw damaged(
                        end,
                        "a sound record stands behind it at byte " + at
                                + ", whose writer had synced everything before byte " + header.durableBefore());
            }
        }
        return tailEnd;
    }

    private JournalCorruptException damaged(long offset, String reason) {
        return new JournalCorruptException(path, offset, reason, state.lastPosition());
    }

    /** Offset behind the last good record. */
    long end() {
        return end;
    }

    /** Where the write that carried the last good record began. */
    long lastWriteStart() {
        return lastWriteStart;
    }

    /** For people: how the records end. */
    String stopReason() {
        return stoppedAt == Found.DAMAGED
                ? "the record there is cut short or its checksum does not hold"
                : "the record there is missing, with parts of later ones behind it";
    }
}
