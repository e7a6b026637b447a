package dev.boreal.storage.disk;

import dev.boreal.contracts.read.RowBatch;
import dev.boreal.storage.DiskFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another replica's copy on its way in, beside the store. Each file is durable before the next one begins; the mark that makes it a
 * store comes last. One thread.
 */
public final class IncomingCopy implements AutoCloseable {
    private final Path directory;
    private final Set<String> complete = new HashSet<>();
    private String name = "";
    private @Nullable FileChannel current;
    private long bytes;

    /** Begins in an empty directory. Throws {@link DiskFailure}, as all methods do. */
    public IncomingCopy(StorePlace place) {
        directory = place.incoming();
        place.discard(directory);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static DiskFailure failed(IOException cause) {
        return new DiskFailure("cannot write the copy of another replica: " + cause, cause);
    }

    /** The next portion of a file: row {@code row} of a batch. */
    public void add(RowBatch batch, int row) {
        String file = new String(batch.data(), batch.keyOffset(row), batch.keyLength(row), StandardCharsets.US_ASCII);
        try {
            FileChannel channel = current;
            if (channel == null || !file.equals(name)) {
                channel = begin(file);
            }
            ByteBuffer portion = ByteBuffer.wrap(batch.data(), batch.valueOffset(row), batch.valueLength(row));
            while (portion.hasRemaining()) {
                bytes += channel.write(portion);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private FileChannel begin(String file) throws IOException {
        finish();
        if (!isPlain(file) || complete.contains(file)) {
            throw new IOException("a copy has no file \"" + file + "\" here");
        }
        name = file;
        FileChannel begun =
                FileChannel.open(directory.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        current = begun;
        return begun;
    }

    /** The names come from another process: none may lead out of the directory, or be the mark itself. */
    private static boolean isPlain(String file) {
        for (int i = 0; i < file.length(); i++) {
            char letter = file.charAt(i);
            boolean plain = letter >= 'a' && letter <= 'z'
                    || letter >= 'A' && letter <= 'Z'
                    || letter >= '0' && letter <= '9'
                    || letter == '-'
                    || letter == '_'
                    || letter == '.' && i > 0;
            if (!plain) {
                return false;
            }
        }
        return !file.isEmpty() && !file.startsWith(FormatFile.NAME);
    }

    private void finish() throws IOException {
        FileChannel channel = current;
        current = null;
        if (channel != null) {
            try (channel) {
                channel.force(true);
            }
            complete.add(name);
        }
    }

    /** All of it is here: from now on it can be installed. */
    public void complete() {
        try {
            finish();
            if (!complete.contains("CURRENT")) {
                throw new IOException("it has no file CURRENT");
            }
            new FormatFile(directory).complete();
            StorePlace.sync(directory);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        try {
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
