package dev.boreal.controlplane.service;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.controlplane.register.RegisterChange;
import dev.boreal.controlplane.watch.PendingChanges;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watch: filled by the member's thread, told to its listener on a virtual thread of its own. */
final class WatchFeed implements ControlPlane.Watch {
    private static final Logger LOGGER = LoggerFactory.getLogger(WatchFeed.class);

    private final String prefix;
    private final ControlPlane.WatchListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final PendingChanges pending;
    private volatile boolean closed;

    WatchFeed(String prefix, ControlPlane.WatchListener listener) {
        this.prefix = prefix;
        this.listener = listener;
        pending = new PendingChanges(prefix);
    }

    String prefix() {
        return prefix;
    }

    boolean isClosed() {
        return closed;
    }

    void start() {
        Thread.ofVirtual().name("control-plane-watch " + prefix).start(this::tellAll);
    }

    void begin(List<RegisterEntry> entries) {
        lock.lock();
        try {
            pending.begin(entries);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    void add(RegisterChange change) {
        lock.lock();
        try {
            pending.add(change);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        while (!closed) {
            PendingChanges.Batch batch = next();
            if (closed) {
                return;
            }
            try {
                batch.tell(listener);
            } catch (RuntimeException e) {
                LOGGER.error("a watcher of \"{}\" failed; it may have missed a change", prefix, e);
            }
        }
    }

    private PendingChanges.Batch next() {
        lock.lock();
        try {
            while (pending.isEmpty() && !closed) {
                filled.awaitUninterruptibly();
            }
            return pending.take();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }
}
