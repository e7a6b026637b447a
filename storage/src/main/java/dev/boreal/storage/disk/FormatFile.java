package dev.boreal.storage.disk;

import dev.boreal.storage.StorageOpenException;
import dev.boreal.storage.StorageOpenException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The file {@code FORMAT} of a storage directory: one line that names what lies there and in which version, so that
 * another program's files are never taken for rows, and an old program never reads what it does not know. While the
 * store is being created the line says so: a creation that was cut short is started again.
 */
final class FormatFile {
    static final String NAME = "FORMAT";
    private static final String KIND = "boreal-storage ";
    private static final String FORMAT = KIND + "1";
    private static final String CREATING = FORMAT + " creating";

    private final Path directory;
    private final Path file;

    FormatFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
    }

    /** Checks the directory; true if a store is to be created in it. */
    boolean prepare() {
        try {
            Files.createDirectories(directory);
            if (Files.exists(file)) {
                return check(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
            }
            if (!isEmpty()) {
                throw new StorageOpenException(
                        Reason.FORMAT,
                        "directory " + directory + " holds files but no " + NAME
                                + " file: it is not Boreal's storage. Name an empty directory.");
            }
            write(CREATING);
            return true;
        } catch (IOException e) {
            throw inaccessible(e);
        }
    }

    /** Whether a store of this version lies there, and all of it. */
    boolean isComplete() {
        try {
            return Files.exists(file)
                    && Files.readString(file, StandardCharsets.ISO_8859_1)
                            .strip()
                            .equals(FORMAT);
        } catch (IOException e) {
            throw inaccessible(e);
        }
    }

    /** The store has been created. */
    void complete() {
        try {
            write(FORMAT);
        } catch (IOException e) {
            throw inaccessible(e);
        }
    }

    private boolean check(String line) {
        if (line.equals(CREATING)) {
            return true;
        }
        if (!line.equals(FORMAT)) {
            throw new StorageOpenException(
                    Reason.FORMAT,
                    "storage directory " + directory + " has format \"" + line + "\"; this version reads \"" + FORMAT
                            + "\". Start the version that wrote it, or move the directory away to rebuild it from the"
                            + " journal.");
        }
        if (!Files.exists(directory.resolve("CURRENT"))) {
            throw OpenFailure.damaged(directory, "the file CURRENT is missing", new IOException("CURRENT is missing"));
        }
        return false;
    }

    private Path fresh() {
        return directory.resolve(NAME + ".new");
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.allMatch(found -> found.equals(fresh()));
        }
    }

    private void write(String line) throws IOException {
        Path fresh = fresh();
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private StorageOpenException inaccessible(IOException cause) {
        return new StorageOpenException(
                Reason.INACCESSIBLE,
                "storage directory " + directory + " cannot be used (" + cause + "). Check its permissions and disk.",
                cause);
    }
}
