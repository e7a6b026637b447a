package dev.boreal.journal.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The header of a record, and its checksum. Big endian; a record starts at a multiple of 8 bytes of its file:
 *
 * <pre>
 *  0  checksum       4  CRC32C, see below
 *  4  length         4  of the payload
 *  8  durableBefore  4  offset in this file before which everything was synced when this record was written
 * 12  kind           4  RecordKind.code
 * 16  position       8  of the entry; for a mark that of the last entry before it
 * 24  epoch          8
 * 32  timestamp      8  of the entry; for a mark the highest one promised so far
 * 40  index          8  among all records; a CLOSE has that of the record before it
 * 48  term           8  in which the index was given out; 0 in a journal of one replica
 * 56  payload, then zeros up to a multiple of 8
 * </pre>
 *
 * <p>The checksum covers the number of the segment and the offset of the record (which are not stored), then everything
 * behind the checksum with the padding. A payload that happens to hold the image of a record therefore is none, nor is a
 * record that the disk wrote to the wrong place.
 *
 * <p>{@code durableBefore} tells a torn write from damage. One write may hold many records and a crash may keep its later
 * sectors and lose its earlier ones. So a good record behind a bad one proves nothing by itself; it proves damage if it
 * says that the bad place had been synced before.
 *
 * <p>An instance is a scratch pad that its owner reuses, for there is one per entry. Not thread-safe.
 */
public final class RecordHeader {
    /** Size of the header itself. */
    public static final int BYTES = 56;

    /** Records begin at multiples of this. */
    public static final int ALIGNMENT = 8;

    private static final int CHECKED_PREFIX = 2 * Long.BYTES;
    private static final byte[] ZEROS = new byte[ALIGNMENT];

    private final CRC32C crc = new CRC32C();
    private final byte[] checked = new byte[CHECKED_PREFIX + BYTES - Integer.BYTES];
    private final ByteBuffer checkedView = ByteBuffer.wrap(checked);

    private int checksum;
    private int length;
    private int durableBefore;
    private int kindCode;
    private long position;
    private long epoch;
    private long timestamp;
    private long index;
    private long term;

    /** Bytes from the start of a record with such a payload to the start of the next one. */
    public static int recordBytes(int payloadLength) {
        return BYTES + payloadLength + paddingOf(payloadLength);
    }

    static int paddingOf(int payloadLength) {
        return -payloadLength & (ALIGNMENT - 1);
    }

    /** Sets every field and computes the checksum for a record at {@code offset} of {@code segment}. */
    public void set(
            long segment,
            int offset,
            int newDurableBefore,
            RecordKind kind,
            long newIndex,
            long newTerm,
            long newPosition,
            long newEpoch,
            long newTimestamp,
            byte[] payload) {
        length = payload.length;
        durableBefore = newDurableBefore;
        kindCode = kind.code();
        index = newIndex;
        term = newTerm;
        position = newPosition;
        epoch = newEpoch;
        timestamp = newTimestamp;
        beginChecksum(segment, offset);
        updateChecksum(payload, 0, payload.length);
        updateChecksum(ZEROS, 0, paddingBytes());
        checksum = (int) crc.getValue();
    }

    /** Puts the {@link #BYTES} of the header at the buffer's position. */
    public void encode(ByteBuffer out) {
        out.putInt(checksum)
                .putInt(length)
                .putInt(durableBefore)
                .putInt(kindCode)
                .putLong(position)
                .putLong(epoch)
                .putLong(timestamp)
                .putLong(index)
                .putLong(term);
    }

    /** Takes the fields from {@code in} at {@code at}, whatever they are. */
    public void decode(ByteBuffer in, int at) {
        checksum = in.getInt(at);
        length = in.getInt(at + 4);
        durableBefore = in.getInt(at + 8);
        kindCode = in.getInt(at + 12);
        position = in.getLong(at + 16);
        epoch = in.getLong(at + 24);
        timestamp = in.getLong(at + 32);
        index = in.getLong(at + 40);
        term = in.getLong(at + 48);
    }

    /** Whether this is untouched space. */
    public boolean isBlank() {
        return (checksum | length | durableBefore | kindCode) == 0
                && (position | epoch | timestamp | index | term) == 0;
    }

    /** Whether the fields could belong to a record at {@code offset} of a file of {@code fileBytes}. */
    public boolean isPlausible(long offset, long fileBytes) {
        return RecordKind.of(kindCode) != null
                && length >= 0
                && (long) length + paddingOf(length) + BYTES <= fileBytes - offset
                && durableBefore >= SegmentHeader.BYTES
                && durableBefore <= offset
                && position >= 0
                && epoch >= 0
                && timestamp >= 0
                && index >= 0
                && term >= 0;
    }

    /** Starts to compute what the checksum of this header at its place should be. */
    public void beginChecksum(long segment, long offset) {
        checkedView
                .clear()
                .putLong(segment)
                .putLong(offset)
                .putInt(length)
                .putInt(durableBefore)
                .putInt(kindCode)
                .putLong(position)
                .putLong(epoch)
                .putLong(timestamp)
                .putLong(index)
                .putLong(term);
        crc.reset();
        crc.update(checked, 0, checked.length);
    }

    /** Goes on with bytes of the payload and, at last, of the padding. */
    public void updateChecksum(byte[] bytes, int from, int count) {
        crc.update(bytes, from, count);
    }

    /** Whether everything since {@link #beginChecksum} is what the record's writer wrote. */
    public boolean checksumHolds() {
        return checksum == (int) crc.getValue();
    }

    public int length() {
        return length;
    }

    /** Zero bytes behind the payload. */
    public int paddingBytes() {
        return paddingOf(length);
    }

    /** Bytes from the start of this record to the start of the next one. */
    public int recordBytes() {
        return recordBytes(length);
    }

    public int durableBefore() {
        return durableBefore;
    }

    /** The kind of a record that {@link #isPlausible}. */
    public RecordKind kind() {
        RecordKind kind = RecordKind.of(kindCode);
        if (kind == null) {
            throw new IllegalStateException("no record has kind " + kindCode);
        }
        return kind;
    }

    public long position() {
        return position;
    }

    public long epoch() {
        return epoch;
    }

    public long timestamp() {
        return timestamp;
    }

    public long index() {
        return index;
    }

    public long term() {
        return term;
    }
}
