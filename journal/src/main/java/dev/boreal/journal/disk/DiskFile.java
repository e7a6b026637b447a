package dev.boreal.journal.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Reads and writes name their offset; any thread may call. */
public interface DiskFile extends Closeable {

    /** Writes everything that remains in {@code source}. */
    void write(ByteBuffer source, long offset) throws IOException;

    /** Reads until {@code target} is full or the file ends; returns how many bytes it read, 0 at the end. */
    int read(ByteBuffer target, long offset) throws IOException;

    /**
     * Makes everything written so far durable. When this throws, nobody knows what is on the disk, and a second call
     * that succeeds would prove nothing.
     */
    void sync() throws IOException;

    long size() throws IOException;
}
