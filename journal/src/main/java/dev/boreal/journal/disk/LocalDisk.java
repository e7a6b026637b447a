package dev.boreal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the local file system. */
public final class LocalDisk implements Disk {
    private final Path directory;

    /** Makes the directory if it is not there. */
    public LocalDisk(Path directory) throws IOException {
        this.directory = directory;
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public DiskFile openOrCreate(String name) throws IOException {
        return new LocalFile(FileChannel.open(
                directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public DiskFile openToRead(String name) throws IOException {
        return new LocalFile(FileChannel.open(directory.resolve(name), StandardOpenOption.READ));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void syncNames() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public AutoCloseable lock(String name) throws IOException {
        Path file = directory.resolve(name);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new JournalInUseException(
                    directory.toString(), Files.readString(file).strip());
        }
        String holder = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public String describe(String name) {
        return directory.resolve(name).toString();
    }

    /**
     * Passes pieces of at most a mebibyte to the channel, which copies heap buffers through direct ones of the same size
     * and keeps those for the thread's life.
     */
    private record LocalFile(FileChannel channel) implements DiskFile {
        private static final int PIECE_BYTES = 1 << 20;

        @Override
        public void write(ByteBuffer source, long offset) throws IOException {
            long at = offset;
            int end = source.limit();
            while (source.position() < end) {
                source.limit(Math.min(end, source.position() + PIECE_BYTES));
                while (source.hasRemaining()) {
                    at += channel.write(source, at);
                }
            }
        }

        @Override
        public int read(ByteBuffer target, long offset) throws IOException {
            int total = 0;
            int end = target.limit();
            while (target.position() < end) {
                target.limit(Math.min(end, target.position() + PIECE_BYTES));
                int count = channel.read(target, offset + total);
                if (count < 0) {
                    break;
                }
                total += count;
            }
            target.limit(end);
            return total;
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
