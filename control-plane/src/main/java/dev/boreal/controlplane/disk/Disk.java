package dev.boreal.controlplane.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** One directory of files: the port through which a member's log touches the world. */
public interface Disk {

    /** Names of the files present, in any order. */
    List<String> list() throws IOException;

    /** Opens a file, making it if it is not there; the name lasts once {@link #syncNames} returned. */
    DiskFile open(String name) throws IOException;

    /** Gives a file another name, at once and wholly; lasts once {@link #syncNames} returned. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** Makes creations, renamings and deletions durable. */
    void syncNames() throws IOException;

    /** Keeps other processes out until it is closed. Throws IOException naming the holder if one is in. */
    AutoCloseable lock(String name) throws IOException;

    /** What people call the file: its path. */
    String describe(String name);

    /** An open file. */
    interface DiskFile extends AutoCloseable {

        /** Writes everything that remains in {@code source}. */
        void write(ByteBuffer source, long offset) throws IOException;

        /** Reads until {@code target} is full or the file ends; returns how many bytes it read. */
        int read(ByteBuffer target, long offset) throws IOException;

        /** Cuts the file. */
        void truncate(long size) throws IOException;

        /**
         * Makes everything written so far durable. When this throws, nobody knows what is on the disk, and a second call that
         * succeeds would prove nothing.
         */
        void sync() throws IOException;

        long size() throws IOException;

        @Override
        void close() throws IOException;
    }
}
