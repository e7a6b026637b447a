package dev.boreal.launcher.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A data directory in use by this process: {@code FORMAT} says what it is, {@code boreal.lock} is locked as long as
 * the process lives, and each room has a directory below. Closing lets go of it.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String FORMAT_FILE = "FORMAT";
    private static final String LOCK_FILE = "boreal.lock";
    private static final String KIND = "boreal-data ";
    private static final String FORMAT = KIND + "1";
    private static final long MEBIBYTE = 1L << 20;

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the directory for this process, making it if there is none.
     *
     * @param neededBytes free space without which a start would fail half-way
     * @throws DataDirectoryException if it is in use, of another format, something else, not writable, or its disk full
     */
    public static DataDirectory open(Path given, long neededBytes) throws DataDirectoryException {
        Path path = given.toAbsolutePath().normalize();
        FileChannel lock = null;
        try {
            Files.createDirectories(path);
            checkFormat(path);
            lock = DirectoryLock.acquire(
                    path.resolve(LOCK_FILE),
                    "data directory " + path,
                    "stop that server first (./boreal stop --data " + path + "), or name another one with --data");
            checkJournal(path);
            checkSpace(path, neededBytes);
            if (!Files.exists(path.resolve(FORMAT_FILE))) {
                DirectoryLock.writeDurably(path, FORMAT_FILE, FORMAT + "\n");
            }
            return new DataDirectory(path, lock);
        } catch (AccessDeniedException e) {
            DirectoryLock.release(lock);
            throw new DataDirectoryException(
                    "data directory " + path + " cannot be written by user " + System.getProperty("user.name") + " ("
                            + e.getFile() + "): change its owner, or name another one with --data",
                    e);
        } catch (IOException e) {
            DirectoryLock.release(lock);
            throw new DataDirectoryException("data directory " + path + " cannot be used: " + reason(e), e);
        } catch (DataDirectoryException e) {
            DirectoryLock.release(lock);
            throw e;
        }
    }

    private static void checkFormat(Path path) throws IOException, DataDirectoryException {
        Path file = path.resolve(FORMAT_FILE);
        if (Files.exists(file)) {
            String line = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (!line.equals(FORMAT)) {
                throw new DataDirectoryException(
                        line.startsWith(KIND)
                                ? "data directory " + path + " has format \"" + line + "\", this version reads \""
                                        + FORMAT
                                        + "\": start the version that wrote it, or name another directory with --data"
                                : "data directory " + path + " is not Boreal's: its file FORMAT says \"" + line
                                        + "\". Name another directory with --data");
            }
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.anyMatch(found -> !isOurs(found))) {
                throw new DataDirectoryException(
                        "directory " + path
                                + " holds files but no file FORMAT, so it is not Boreal's: name an empty directory with --data");
            }
        }
    }

    /** Whether a directory that never got its FORMAT may hold the file: a start was cut short. */
    private static boolean isOurs(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(LOCK_FILE) || name.equals(FORMAT_FILE + ".new") || name.equals("lost+found");
    }

    /** Storage never precedes the journal: where there is one, the other was lost, and must not begin anew. */
    private static void checkJournal(Path path) throws IOException, DataDirectoryException {
        Path journal = path.resolve("journal");
        if (Files.exists(path.resolve("storage")) && !holdsSegments(journal)) {
            throw new DataDirectoryException("the journal is missing: " + journal
                    + " holds no segment, although storage is there. The journal is what commits are kept in, so nothing was"
                    + " changed. Restore " + journal
                    + " from where it was moved to or from a backup, or name another data directory with --data");
        }
    }

    private static boolean holdsSegments(Path journal) throws IOException {
        if (!Files.isDirectory(journal)) {
            return false;
        }
        try (Stream<Path> files = Files.list(journal)) {
            return files.anyMatch(file -> file.toString().endsWith(".segment"));
        }
    }

    private static void checkSpace(Path path, long neededBytes) throws IOException, DataDirectoryException {
        long free = Files.getFileStore(path).getUsableSpace();
        if (free < neededBytes) {
            throw new DataDirectoryException("the disk of data directory " + path + " has " + free / MEBIBYTE
                    + " MiB free and starting takes " + neededBytes / MEBIBYTE
                    + " MiB: free some space, or name a directory on another disk with --data");
        }
    }

    /** The text of an {@link IOException} in words: the file system's own class names say more than its messages. */
    static String reason(IOException e) {
        return e instanceof FileSystemException
                ? e.getClass().getSimpleName() + ": " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    public Path path() {
        return path;
    }

    public Path journal() {
        return path.resolve("journal");
    }

    public Path storage() {
        return path.resolve("storage");
    }

    /** Where statements put what does not fit into memory; emptied at every start. */
    public Path spill() {
        return path.resolve("spill");
    }

    public ControlFile controlFile() {
        return new ControlFile(path);
    }

    @Override
    public void close() {
        DirectoryLock.release(lock);
    }
}
