package dev.boreal.journal.disk;

import dev.boreal.journal.record.RecordHeader;
import java.io.IOException;

/** Reads and checks records of one segment file. Not thread-safe. */
final class RecordReader {
    /** What stands at an offset. */
    enum Found {
        /** A record whose checksum holds. */
        RECORD,
        /** A header of zeros, or too little room for one: the log went no further here. */
        BLANK,
        /** Anything else. */
        DAMAGED
    }

    private static final int PIECE_BYTES = 64 << 10;

    private final long segment;
    private final SegmentBytes bytes;
    private final long fileBytes;
    private final RecordHeader header = new RecordHeader();

    /** @param fileBytes how far records can reach; a file that grows needs a fresh reader to see more */
    RecordReader(long segment, SegmentBytes bytes, long fileBytes) {
        this.segment = segment;
        this.bytes = bytes;
        this.fileBytes = fileBytes;
    }

    /** The header that the last call found. */
    RecordHeader header() {
        return header;
    }

    /** Looks at {@code offset} without believing it: decodes the header only. */
    Found peek(long offset) throws IOException {
        if (offset + RecordHeader.BYTES > fileBytes) {
            return bytes.firstNonZero(offset, fileBytes) < 0 ? Found.BLANK : Found.DAMAGED;
        }
        int index = bytes.indexOf(offset, RecordHeader.BYTES);
        if (index < 0) {
            return Found.DAMAGED;
        }
        header.decode(bytes.window(), index);
        if (header.isBlank()) {
            return Found.BLANK;
        }
        return header.isPlausible(offset, fileBytes) ? Found.RECORD : Found.DAMAGED;
    }

    /** Looks at {@code offset} and checks the whole record, without keeping its payload. */
    Found check(long offset) throws IOException {
        Found found = peek(offset);
        if (found != Found.RECORD) {
            return found;
        }
        header.beginChecksum(segment, offset);
        long at = offset + RecordHeader.BYTES;
        int rest = header.length() + header.paddingBytes();
        while (rest > 0) {
            int count = Math.min(rest, PIECE_BYTES);
            int index = bytes.indexOf(at, count);
            if (index < 0) {
                return Found.DAMAGED;
            }
            header.updateChecksum(bytes.window().array(), index, count);
            at += count;
            rest -= count;
        }
        return header.checksumHolds() ? Found.RECORD : Found.DAMAGED;
    }

    /** The payload of the record at {@code offset} whose header was just read. */
    byte[] payload(long offset) throws IOException {
        byte[] payload = new byte[header.length()];
        bytes.copy(offset + RecordHeader.BYTES, payload);
        return payload;
    }

    /** Checks a payload that {@link #payload} just returned. */
    boolean checksumHolds(long offset, byte[] payload) throws IOException {
        header.beginChecksum(segment, offset);
        header.updateChecksum(payload, 0, payload.length);
        int padding = header.paddingBytes();
        if (padding > 0) {
            int index = bytes.indexOf(offset + RecordHeader.BYTES + payload.length, padding);
            if (index < 0) {
                return false;
            }
            header.updateChecksum(bytes.window().array(), index, padding);
        }
        return header.checksumHolds();
    }
}
