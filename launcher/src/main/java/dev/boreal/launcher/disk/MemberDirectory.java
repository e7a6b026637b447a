package dev.boreal.launcher.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The directory of one member of a cluster, in use by this process: {@code FORMAT} says whose it is, {@code boreal.lock}
 * is locked as long as the process lives, {@code incarnation} counts its starts. Closing lets go of it.
 */
public final class MemberDirectory implements AutoCloseable {
    private static final String FORMAT_FILE = "FORMAT";
    private static final String LOCK_FILE = "boreal.lock";
    private static final String INCARNATION_FILE = "incarnation";
    private static final String KIND = "boreal-member 1 ";

    private final Path path;
    private final FileChannel lock;
    private final long incarnation;

    private MemberDirectory(Path path, FileChannel lock, long incarnation) {
        this.path = path;
        this.lock = lock;
        this.incarnation = incarnation;
    }

    /**
     * Takes the directory for this process, making it if there is none, and counts a start.
     *
     * @param owner cluster, member and role: nobody else's directory is ever opened
     * @throws DataDirectoryException if it is in use, somebody else's, of another format, or cannot be written
     */
    public static MemberDirectory open(Path given, String owner) throws DataDirectoryException {
        Path path = given.toAbsolutePath().normalize();
        FileChannel lock = null;
        try {
            Files.createDirectories(path);
            checkFormat(path, KIND + owner);
            lock = DirectoryLock.acquire(
                    path.resolve(LOCK_FILE),
                    "directory " + path,
                    "that member runs already, see ./boreal cluster status");
            if (!Files.exists(path.resolve(FORMAT_FILE))) {
                DirectoryLock.writeDurably(path, FORMAT_FILE, KIND + owner + "\n");
            }
            return new MemberDirectory(path, lock, countStart(path));
        } catch (IOException e) {
            DirectoryLock.release(lock);
            throw new DataDirectoryException("directory " + path + " cannot be used: " + DataDirectory.reason(e), e);
        } catch (DataDirectoryException e) {
            DirectoryLock.release(lock);
            throw e;
        }
    }

    private static void checkFormat(Path path, String expected) throws IOException, DataDirectoryException {
        Path file = path.resolve(FORMAT_FILE);
        if (Files.exists(file)) {
            String line = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!line.equals(expected)) {
                throw new DataDirectoryException("directory " + path + " is not this member's: its file FORMAT says \""
                        + line + "\", expected \"" + expected + "\". Name another directory as its \"data\"");
            }
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.anyMatch(found -> !isOurs(String.valueOf(found.getFileName())))) {
                throw new DataDirectoryException("directory " + path
                        + " holds files but no file FORMAT, so it is not a member's: name an empty directory as its"
                        + " \"data\"");
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.equals(LOCK_FILE) || name.equals(FORMAT_FILE + ".new") || name.equals("lost+found");
    }

    private static long countStart(Path path) throws IOException, DataDirectoryException {
        Path file = path.resolve(INCARNATION_FILE);
        long before = 0;
        if (Files.exists(file)) {
            try {
                before = Long.parseLong(
                        Files.readString(file, StandardCharsets.US_ASCII).strip());
            } catch (NumberFormatException e) {
                throw new DataDirectoryException(
                        file + " is damaged: it holds no number. Write a number there that is"
                                + " larger than the starts of this member so far",
                        e);
            }
        }
        DirectoryLock.writeDurably(path, INCARNATION_FILE, before + 1 + "\n");
        return before + 1;
    }

    /** How often the member was started, this time included. */
    public long incarnation() {
        return incarnation;
    }

    /** A directory below it, made if there is none. */
    public Path sub(String name) throws IOException {
        return Files.createDirectories(path.resolve(name));
    }

    public ControlFile controlFile() {
        return new ControlFile(path);
    }

    public StatusFile statusFile() {
        return new StatusFile(path);
    }

    @Override
    public void close() {
        DirectoryLock.release(lock);
    }
}
