package dev.boreal.transport.storage;

import dev.boreal.contracts.door.Storage;
import java.util.concurrent.atomic.AtomicLong;

/** A replica, and the highest snapshot that it has been seen to answer: what clients are told of its watermark. Any thread. */
final class ReachedStorage {
    private final Storage storage;
    private final AtomicLong reached = new AtomicLong();

    ReachedStorage(Storage storage) {
        this.storage = storage;
    }

    Storage storage() {
        return storage;
    }

    long reached() {
        return reached.get();
    }

    /** Whether a read would not wait; never blocks. */
    boolean tryReach(long asOf) {
        if (reached.get() >= asOf) {
            return true;
        }
        if (storage.tryReach(asOf)) {
            hasReached(asOf);
            return true;
        }
        return false;
    }

    void awaitReach(long asOf) {
        if (reached.get() < asOf) {
            storage.awaitReach(asOf);
            hasReached(asOf);
        }
    }

    private void hasReached(long asOf) {
        if (reached.get() < asOf) {
            reached.accumulateAndGet(asOf, Math::max);
        }
    }
}
