package dev.boreal.launcher.disk;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * {@code boreal.control} in a data directory: which process serves it and where. A process that was killed leaves it
 * behind, and its id may meanwhile be somebody else's, so the process's own start time stands there too.
 */
public final class ControlFile {
    private static final String NAME = "boreal.control";

    private final Path file;

    public ControlFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /**
     * A server that runs.
     *
     * @param process the process
     * @param address it listens on
     * @param port it listens on
     */
    public record Running(ProcessHandle process, String address, int port) {}

    /** Names this process. */
    public void write(String address, int port) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        String text =
                "pid=" + self.pid() + "\nstarted=" + started(self) + "\naddress=" + address + "\nport=" + port + "\n";
        Path fresh = file.resolveSibling(NAME + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that wrote the file, if it still runs; null otherwise, also when its id is another process's now. */
    public @Nullable Running running() throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return null;
        }
        try {
            long pid = Long.parseLong(properties.getProperty("pid", ""));
            int port = Integer.parseInt(properties.getProperty("port", ""));
            String start = properties.getProperty("started", "");
            Optional<ProcessHandle> process = ProcessHandle.of(pid);
            return process.isPresent()
                            && runs(process.get())
                            && started(process.get()).equals(start)
                    ? new Running(process.get(), properties.getProperty("address", "127.0.0.1"), port)
                    : null;
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: delete it, if no server runs", e);
        }
    }

    /** Whether a process lives. One that ended, and whose end nobody has asked for yet, does not. */
    public static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.UTF_8);
            return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException noProc) {
            return process.isAlive();
        }
    }

    private static String started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(instant -> Long.toString(instant.toEpochMilli()))
                .orElse("unknown");
    }
}
