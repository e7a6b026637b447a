package dev.boreal.storage.service;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.storage.apply.AppliedState;
import dev.boreal.storage.disk.IncomingCopy;
import dev.boreal.storage.disk.StorePlace;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the copy of another replica: of the nearest that is ahead of this one and gives one. It needs no more memory than a few
 * portions, however large the store is. One thread.
 */
final class CopyFetch {
    private static final Logger LOG = LoggerFactory.getLogger(CopyFetch.class);
    private static final long BYTES_BETWEEN_NEWS = 64L << 20;

    private final StorePlace place;
    private final Supplier<? extends SequencedMap<String, ? extends Storage>> peers;
    private final BiConsumer<String, @Nullable FeedStart> progress;
    private String trouble = "";

    /** @param progress hears how far it is, in words, and where the copy ends once that is known */
    CopyFetch(
            StorePlace place,
            Supplier<? extends SequencedMap<String, ? extends Storage>> peers,
            BiConsumer<String, @Nullable FeedStart> progress) {
        this.place = place;
        this.peers = peers;
        this.progress = progress;
    }

    /**
     * True if a whole copy is here now, to be installed. Throws {@link dev.boreal.storage.DiskFailure} if it cannot be written.
     *
     * @param had what a copy must be ahead of
     */
    boolean fetch(FeedStart had) throws InterruptedException {
        trouble = "none is known";
        for (Map.Entry<String, ? extends Storage> peer : peers.get().entrySet()) {
            try {
                if (isAhead(peer.getValue().persistedPositions(), had)) {
                    fetchFrom(peer.getKey(), peer.getValue());
                    return true;
                }
                trouble = peer.getKey() + " is no further";
            } catch (ReadRefused e) {
                if (e.reason() == ReadRefused.Reason.INTERRUPTED) {
                    throw new InterruptedException("the copy of another replica is not wanted any more");
                }
                trouble = peer.getKey() + ": " + e.getMessage();
                LOG.info("Storage replica {} gives no copy: {}", peer.getKey(), e.getMessage());
            }
        }
        return false;
    }

    /** Why the last one that was asked gave none. */
    String trouble() {
        return trouble;
    }

    private static boolean isAhead(FeedStart one, FeedStart other) {
        for (int i = 0; i < one.positions().length; i++) {
            if (one.position(i) > other.position(i)) {
                return true;
            }
        }
        return false;
    }

    private void fetchFrom(String name, Storage peer) {
        long began = System.nanoTime();
        try (Storage.Scan copy = peer.copy();
                IncomingCopy incoming = new IncomingCopy(place)) {
            RowBatch batch = new RowBatch();
            long told = 0;
            while (copy.next(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    if (batch.keyLength(row) == 0) {
                        FeedStart end = AppliedState.decode(batch.value(row)).feedStart();
                        LOG.info("Storage replica {} gives a copy that ends at {} or later", name, end);
                        progress.accept("is built anew from " + name, end);
                    } else {
                        incoming.add(batch, row);
                    }
                }
                if (incoming.bytes() - told >= BYTES_BETWEEN_NEWS) {
                    told = incoming.bytes();
                    LOG.info("{} MiB of the copy of {} are here", told >> 20, name);
                    progress.accept("is built anew from " + name + ": " + (told >> 20) + " MiB so far", null);
                }
            }
            incoming.complete();
            long millis = (System.nanoTime() - began) / 1_000_000;
            LOG.info("The copy of {} is complete: {} bytes in {} ms", name, incoming.bytes(), millis);
        }
    }
}
