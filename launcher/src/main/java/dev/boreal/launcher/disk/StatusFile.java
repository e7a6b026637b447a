package dev.boreal.launcher.disk;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code boreal.status} in a member's directory: how it fares, written by it about once a second, never synced. */
public final class StatusFile {
    private static final String NAME = "boreal.status";
    private static final int NONE = -1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Path file;

    public StatusFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /**
     * How a member fares.
     *
     * @param pid of the process that says so
     * @param ready whether it serves
     * @param writtenAtMillis since the Unix epoch
     * @param term its epoch or term, -1 for none
     * @param position what it has, -1 for none
     * @param watermark a time up to which it knows everything, in nanoseconds since the Unix epoch; -1 for none
     * @param lag what it is behind, in words; empty for none
     * @param note who leads, or what else people should know
     */
    public record Status(
            long pid,
            boolean ready,
            long writtenAtMillis,
            long term,
            long position,
            long watermark,
            String lag,
            String note) {
        public static Status of(boolean ready, long nowMillis, long term, long position, String note) {
            return new Status(ProcessHandle.current().pid(), ready, nowMillis, term, position, NONE, "", note);
        }

        /** With a watermark in nanoseconds, if there is one: above 0. */
        public Status withWatermark(long nanos) {
            if (nanos <= 0) {
                return this;
            }
            long behind = Math.max(0, writtenAtMillis - nanos / NANOS_PER_MILLI);
            return new Status(pid, ready, writtenAtMillis, term, position, nanos, behind + " ms", note);
        }
    }

    public void write(Status status) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(status.pid()));
        properties.setProperty("ready", Boolean.toString(status.ready()));
        properties.setProperty("written", Long.toString(status.writtenAtMillis()));
        properties.setProperty("term", Long.toString(status.term()));
        properties.setProperty("position", Long.toString(status.position()));
        properties.setProperty("watermark", Long.toString(status.watermark()));
        properties.setProperty("lag", status.lag());
        properties.setProperty("note", status.note());
        StringWriter text = new StringWriter();
        properties.store(text, null);
        Path fresh = file.resolveSibling(NAME + ".new");
        Files.writeString(fresh, text.toString(), StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What was written last, perhaps by a process that is gone; null if nothing was. */
    public @Nullable Status read() throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
            return new Status(
                    number(properties, "pid"),
                    Boolean.parseBoolean(properties.getProperty("ready")),
                    number(properties, "written"),
                    number(properties, "term"),
                    number(properties, "position"),
                    number(properties, "watermark"),
                    properties.getProperty("lag", ""),
                    properties.getProperty("note", ""));
        } catch (NoSuchFileException e) {
            return null;
        } catch (NumberFormatException e) {
            throw new IOException(file + " is damaged: delete it, its member writes it again", e);
        }
    }

    private static long number(Properties properties, String key) {
        return Long.parseLong(properties.getProperty(key, ""));
    }
}
