package dev.boreal.storage.service;

import dev.boreal.storage.disk.RocksView;
import dev.boreal.storage.read.VersionReader;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A view of the store with the reader on it, and the guard that keeps a native handle from being touched once closed.
 * It is parked, busy, or closed; only who made it busy may read through it, and it is closed only from parked.
 */
final class View {
    private static final int PARKED = 0;
    private static final int BUSY = 1;
    private static final int CLOSED = 2;

    private final AtomicInteger state = new AtomicInteger(BUSY);
    private final RocksView rocks;
    private final VersionReader reader;
    /** Whether it was used since idle views were last looked through. */
    private boolean fresh = true;

    View(RocksView rocks) {
        this.rocks = rocks;
        this.reader = new VersionReader(rocks);
    }

    /** Makes it busy; false if it is closed, or busy for somebody else. */
    boolean enter() {
        return state.compareAndSet(PARKED, BUSY);
    }

    void exit() {
        state.set(PARKED);
    }

    /** Only while busy. */
    VersionReader reader() {
        return reader;
    }

    /** Only while busy: moves the view to the present. */
    void refresh() {
        rocks.refresh();
        fresh = true;
    }

    /** Only while busy: whether it was used since the last call. */
    boolean takeFresh() {
        boolean was = fresh;
        fresh = false;
        return was;
    }

    /** Closes it if parked, and tells whether it is closed now. */
    boolean tryClose() {
        if (state.compareAndSet(PARKED, CLOSED)) {
            rocks.close();
            return true;
        }
        return state.get() == CLOSED;
    }
}
