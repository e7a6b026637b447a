package dev.boreal.storage.service;

import dev.boreal.storage.disk.RowDatabase;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The views that readers share. A view moved to the present costs a fifth less than a new one, so a few are kept;
 * virtual threads come and go, so they are kept in slots and not per thread. An idle view pins the memory and files it
 * saw: those not used for a while are closed.
 *
 * <p>Every view made is registered until it is closed, those inside open scans too: {@link #close} closes them one by
 * one as they stop being busy, after which no native handle is left to touch. Any thread.
 */
final class Views {
    private static final int SLOTS = 16;
    private static final int GOLDEN = 0x9E3779B9;
    private static final long CLOSE_PAUSE_NANOS = 100_000;

    private final RowDatabase database;
    private final AtomicReferenceArray<View> slots = new AtomicReferenceArray<>(SLOTS);
    private final Set<View> registered = ConcurrentHashMap.newKeySet();
    private final ReentrantReadWriteLock making = new ReentrantReadWriteLock();
    private boolean closed;

    Views(RowDatabase database) {
        this.database = database;
    }

    /** A busy view of the present. The caller gives it back with {@link #release}. */
    View acquire() {
        int home = home();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (home + i) & (SLOTS - 1);
            if (slots.getPlain(slot) == null) {
                continue;
            }
            View view = slots.getAndSet(slot, null);
            if (view != null) {
                return reuse(view);
            }
        }
        return make();
    }

    /** Takes back a view that is busy for the caller. */
    void release(View view) {
        view.reader().release();
        view.exit();
        int home = home();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (home + i) & (SLOTS - 1);
            if (slots.getPlain(slot) == null && slots.compareAndSet(slot, null, view)) {
                return;
            }
        }
        closeView(view);
    }

    /** Closes views that were not used since the last call. */
    void closeIdle() {
        for (int i = 0; i < SLOTS; i++) {
            View view = slots.getAndSet(i, null);
            if (view == null || !view.enter()) {
                continue;
            }
            boolean fresh = view.takeFresh();
            if (fresh) {
                release(view);
            } else {
                view.exit();
                closeView(view);
            }
        }
    }

    /** Waits until no view is busy and closes them all; none is made afterwards. */
    void close() {
        making.writeLock().lock();
        try {
            closed = true;
        } finally {
            making.writeLock().unlock();
        }
        for (View view : registered) {
            while (!view.tryClose()) {
                LockSupport.parkNanos(CLOSE_PAUSE_NANOS);
            }
        }
        registered.clear();
    }

    private View reuse(View view) {
        if (!view.enter()) {
            throw Refusal.closed();
        }
        boolean moved = false;
        try {
            view.refresh();
            moved = true;
        } finally {
            if (!moved) {
                view.exit();
                closeView(view);
            }
        }
        return view;
    }

    private View make() {
        making.readLock().lock();
        try {
            if (closed) {
                throw Refusal.closed();
            }
            View view = new View(database.newView());
            registered.add(view);
            return view;
        } finally {
            making.readLock().unlock();
        }
    }

    private void closeView(View view) {
        if (view.tryClose()) {
            registered.remove(view);
        }
    }

    private static int home() {
        return ((int) Thread.currentThread().threadId() * GOLDEN) >>> 28;
    }
}
