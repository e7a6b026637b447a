package dev.boreal.adjudicator.service;

import dev.boreal.adjudicator.service.TenureKeeper.MarkListener;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds back what a journal answers while it is being called, until the caller has released the core's lock. */
final class MarkOutsideLock implements MarkListener {
    private final ReentrantLock lock;
    private final MarkListener listener;
    private @Nullable Runnable early; // of the thread that holds the lock

    MarkOutsideLock(ReentrantLock lock, MarkListener listener) {
        this.lock = lock;
        this.listener = listener;
    }

    @Override
    public void onDurable(long position) {
        if (lock.isHeldByCurrentThread()) {
            early = () -> listener.onDurable(position);
        } else {
            listener.onDurable(position);
        }
    }

    @Override
    public void onRefused() {
        if (lock.isHeldByCurrentThread()) {
            early = listener::onRefused;
        } else {
            listener.onRefused();
        }
    }

    /** By the thread that had the lock, once it has it no more. */
    void tellEarly() {
        Runnable tell = early;
        if (tell != null) {
            tell.run();
        }
    }
}
