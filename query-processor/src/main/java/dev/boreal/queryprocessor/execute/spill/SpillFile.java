package dev.boreal.queryprocessor.execute.spill;

import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file of runs, each a sequence of length-prefixed records. Runs are written one at a time and may be read
 * many at a time, also while another is written. One thread. A failing disk ends the statement with 58030.
 */
public final class SpillFile implements AutoCloseable {
    private static final int WRITE_BUFFER = 1 << 17;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(WRITE_BUFFER);
    private long flushed;

    private SpillFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates one of a new name. */
    public static SpillFile create(Path directory) {
        try {
            Path path = Files.createTempFile(directory, "boreal-sort-", ".run");
            return new SpillFile(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw failure("create", e);
        }
    }

    /** Where the next record goes: the start of a run, or its end. */
    public long position() {
        return flushed + buffer.position();
    }

    /** Appends a record. */
    public void write(byte[] bytes, int length) {
        if (buffer.remaining() < Integer.BYTES) {
            flush();
        }
        buffer.putInt(length);
        for (int done = 0; done < length; ) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int count = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, done, count);
            done += count;
        }
    }

    /** A reader of the records between two positions. */
    public SpillReader read(long start, long end) {
        flush();
        return new SpillReader(this, start, end);
    }

    private void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                flushed += channel.write(buffer, flushed);
            }
        } catch (IOException e) {
            throw failure("write", e);
        }
        buffer.clear();
    }

    void readFully(ByteBuffer target, long position) {
        try {
            for (long at = position; target.hasRemaining(); ) {
                int count = channel.read(target, at);
                if (count < 0) {
                    throw new IOException("end of file at " + at);
                }
                at += count;
            }
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    private static SqlException failure(String action, IOException cause) {
        boolean full = String.valueOf(cause.getMessage()).contains("No space left on device");
        return new SqlException(
                full ? SqlState.DISK_FULL : SqlState.IO_ERROR,
                "could not " + action + " temporary file: " + cause.getMessage());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure("close", e);
        }
    }
}
