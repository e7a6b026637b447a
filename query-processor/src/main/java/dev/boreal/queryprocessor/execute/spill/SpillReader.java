package dev.boreal.queryprocessor.execute.spill;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads one run of a {@link SpillFile}, record after record. */
public final class SpillReader {
    private static final int READ_BUFFER = 1 << 16;

    private final SpillFile file;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BUFFER).flip();
    private long position;
    private byte[] record = new byte[256];
    private int length;

    SpillReader(SpillFile file, long start, long end) {
        this.file = file;
        this.end = end;
        position = start;
    }

    /** Goes to the next record; false at the end of the run. */
    public boolean next() {
        if (position == end && !buffer.hasRemaining()) {
            return false;
        }
        if (buffer.remaining() < Integer.BYTES) {
            fill();
        }
        length = buffer.getInt();
        if (length > record.length) {
            record = Arrays.copyOf(record, Math.max(length, 2 * record.length));
        }
        for (int done = 0; done < length; ) {
            if (!buffer.hasRemaining()) {
                fill();
            }
            int count = Math.min(length - done, buffer.remaining());
            buffer.get(record, done, count);
            done += count;
        }
        return true;
    }

    /** The record's bytes, of which {@link #length} count, until the next call of {@link #next}. */
    public byte[] record() {
        return record;
    }

    public int length() {
        return length;
    }

    private void fill() {
        buffer.compact();
        int count = (int) Math.min(buffer.remaining(), end - position);
        buffer.limit(buffer.position() + count);
        file.readFully(buffer, position);
        position += count;
        buffer.flip();
    }
}
