package dev.boreal.storage.disk;

import dev.boreal.storage.DiskFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a replica's store lies, and beside it what is on its way in or out: {@code rows}, {@code rows.incoming}, {@code
 * rows.outgoing}. A copy that came in takes the store's place by two renames. A crash between them leaves the complete copy alone, which
 * {@link #recover} puts in its place; whatever else a crash leaves is of no use and goes.
 */
public final class StorePlace {
    private static final Logger LOG = LoggerFactory.getLogger(StorePlace.class);

    private final Path live;
    private final Path parent;

    public StorePlace(Path live) {
        this.live = live.toAbsolutePath();
        this.parent = Objects.requireNonNull(this.live.getParent(), "a store does not lie at the root");
    }

    public Path live() {
        return live;
    }

    Path incoming() {
        return beside(".incoming");
    }

    /** Where a checkpoint may be made: nothing is there. */
    public Path outgoing() {
        Path outgoing = beside(".outgoing");
        discard(outgoing);
        return outgoing;
    }

    private Path replaced() {
        return beside(".replaced");
    }

    private Path beside(String suffix) {
        return parent.resolve(live.getFileName() + suffix);
    }

    /** Before the store is opened: ends what a crash interrupted. */
    public void recover() {
        try {
            if (!Files.exists(live) && new FormatFile(incoming()).isComplete()) {
                Files.move(incoming(), live, StandardCopyOption.ATOMIC_MOVE);
                sync(parent);
            }
        } catch (IOException e) {
            throw new DiskFailure("cannot put a copy in the store's place: " + e, e);
        }
        discard(incoming());
        discard(replaced());
        discard(beside(".outgoing"));
        discard(beside(".outgoing.tmp"));
    }

    /** The copy that came in, complete, becomes the store. Nobody has either open. */
    public void install() {
        try {
            if (!new FormatFile(incoming()).isComplete()) {
                throw new IOException("the copy in " + incoming() + " is not complete");
            }
            discard(replaced());
            if (Files.exists(live)) {
                Files.move(live, replaced(), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(incoming(), live, StandardCopyOption.ATOMIC_MOVE);
            sync(parent);
        } catch (IOException e) {
            throw new DiskFailure("cannot put a copy in the store's place: " + e, e);
        }
        discard(replaced());
    }

    /** Deletes a directory with all its files, if there is one. What cannot be deleted is deleted some other time. */
    public void discard(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> files = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("Cannot delete {}: {}", directory, e.toString());
        }
    }

    /** Makes the names in a directory durable. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
