package dev.boreal.storage.disk;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.RowBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A checkpoint of the store as a scan over its files, one portion of one file after another. One thread at a time. */
public final class OutgoingCopy implements Storage.Scan {
    private static final int PORTION_BYTES = 256 << 10;
    private static final byte[] NO_NAME = {};

    private final StorePlace place;
    private final Path checkpoint;
    private final Runnable closed;
    private final List<Path> files;
    private final ByteBuffer portion = ByteBuffer.allocate(PORTION_BYTES);
    private byte @Nullable [] head;
    private int next;
    private @Nullable FileChannel current;
    private boolean over;

    /**
     * @param checkpoint a directory of files that nobody changes; deleted in the end
     * @param head what goes before the first file
     * @param closed called once
     */
    public OutgoingCopy(StorePlace place, Path checkpoint, byte[] head, Runnable closed) {
        this.place = place;
        this.checkpoint = checkpoint;
        this.head = head;
        this.closed = closed;
        try (Stream<Path> found = Files.list(checkpoint)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static ReadRefused failed(IOException cause) {
        return new ReadRefused(Reason.UNAVAILABLE, "a copy of the store cannot be read: " + cause, cause);
    }

    @Override
    public boolean next(RowBatch batch) {
        batch.clear();
        byte[] first = head;
        if (first != null) {
            head = null;
            batch.add(NO_NAME, 0, 0, first, 0, first.length);
            return true;
        }
        if (Thread.interrupted()) {
            throw new ReadRefused(Reason.INTERRUPTED, "the copy was interrupted");
        }
        try {
            return !over && fill(batch);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private boolean fill(RowBatch batch) throws IOException {
        while (true) {
            FileChannel file = current;
            boolean begins = file == null;
            if (file == null) {
                if (next == files.size()) {
                    close();
                    return false;
                }
                file = FileChannel.open(files.get(next), StandardOpenOption.READ);
                current = file;
            }
            byte[] name = files.get(next).getFileName().toString().getBytes(StandardCharsets.US_ASCII);
            portion.clear();
            while (portion.hasRemaining() && file.read(portion) >= 0) {
                // One read may bring less than there is.
            }
            if (portion.hasRemaining()) {
                file.close();
                current = null;
                next++;
            }
            if (portion.position() > 0 || begins) {
                batch.add(name, 0, name.length, portion.array(), 0, portion.position());
                return true;
            }
        }
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        try {
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            place.discard(checkpoint);
            closed.run();
        }
    }
}
