package dev.boreal.journal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boreal.clock.Chance;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecordHeaderTest {
    private static final long SEGMENT = 7;
    private static final int OFFSET = 8192;

    private static byte[] record(byte[] payload) {
        RecordHeader header = new RecordHeader();
        header.set(SEGMENT, OFFSET, 4096, RecordKind.ENTRY, 45, 6, 42, 3, 1_000_000, payload);
        ByteBuffer out = ByteBuffer.allocate(RecordHeader.recordBytes(payload.length));
        header.encode(out);
        out.put(payload);
        return out.array();
    }

    private static boolean holds(byte[] record, long segment, long offset) {
        RecordHeader header = new RecordHeader();
        header.decode(ByteBuffer.wrap(record), 0);
        int rest = record.length - RecordHeader.BYTES;
        if (!header.isPlausible(offset, offset + record.length) || header.length() + header.paddingBytes() != rest) {
            return false;
        }
        header.beginChecksum(segment, offset);
        header.updateChecksum(record, RecordHeader.BYTES, rest);
        return header.checksumHolds();
    }

    @Test
    void decodesWhatItEncoded() {
        for (int length = 0; length < 20; length++) {
            byte[] record = record(new Chance(length).bytes(length));
            assertThat(record.length % RecordHeader.ALIGNMENT).isZero();
            assertThat(holds(record, SEGMENT, OFFSET)).isTrue();
            RecordHeader header = new RecordHeader();
            header.decode(ByteBuffer.wrap(record), 0);
            assertThat(header.kind()).isEqualTo(RecordKind.ENTRY);
            assertThat(header.length()).isEqualTo(length);
            assertThat(header.index()).isEqualTo(45);
            assertThat(header.term()).isEqualTo(6);
            assertThat(header.position()).isEqualTo(42);
            assertThat(header.epoch()).isEqualTo(3);
            assertThat(header.timestamp()).isEqualTo(1_000_000);
            assertThat(header.durableBefore()).isEqualTo(4096);
            assertThat(header.recordBytes()).isEqualTo(record.length);
        }
    }

    @Test
    void noticesEveryFlippedBit() {
        byte[] record = record(new Chance(1).bytes(21));
        for (int bit = 0; bit < record.length * 8; bit++) {
            record[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(holds(record, SEGMENT, OFFSET)).isFalse();
            record[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(holds(record, SEGMENT, OFFSET)).isTrue();
    }

    @Test
    void noticesARecordInAnotherPlace() {
        byte[] record = record(new byte[10]);
        assertThat(holds(record, SEGMENT + 1, OFFSET)).isFalse();
        assertThat(holds(record, SEGMENT, OFFSET + 8)).isFalse();
    }

    @Test
    void tellsBlankSpaceFromARecord() {
        RecordHeader header = new RecordHeader();
        header.decode(ByteBuffer.allocate(RecordHeader.BYTES), 0);
        assertThat(header.isBlank()).isTrue();
        header.decode(ByteBuffer.wrap(record(new byte[0])), 0);
        assertThat(header.isBlank()).isFalse();
    }

    @Test
    void decodesSegmentHeadersAndNoticesEveryFlippedBit() {
        SegmentHeader header =
                new SegmentHeader(5, SegmentHeader.Joint.CUTS, 1_010, 3, 1_000, 9, true, 77, "adjudicator α");
        ByteBuffer out = ByteBuffer.allocate(SegmentHeader.BYTES);
        header.encode(out);
        byte[] bytes = out.array();
        assertThat(SegmentHeader.decode(bytes)).isEqualTo(new SegmentHeader.Reading.Valid(header));
        for (int bit = 0; bit < 100 * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(SegmentHeader.decode(bytes)).isInstanceOf(SegmentHeader.Reading.Damaged.class);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(SegmentHeader.decode(new byte[SegmentHeader.BYTES])).isInstanceOf(SegmentHeader.Reading.Blank.class);
    }
}
