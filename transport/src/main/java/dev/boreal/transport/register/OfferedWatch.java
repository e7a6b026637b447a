package dev.boreal.transport.register;

import dev.boreal.contracts.cluster.RegisterEntry;
import dev.boreal.contracts.door.ControlPlane;
import dev.boreal.contracts.wire.RegisterAnswer;
import dev.boreal.contracts.wire.Removed;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch of another process: blocks the control plane's thread while the watcher's credit is used up. */
final class OfferedWatch implements ControlPlane.WatchListener {
    private static final Logger LOG = LoggerFactory.getLogger(OfferedWatch.class);

    private final long id;
    private final Consumer<RegisterAnswer> tell;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition credited = lock.newCondition();
    private int credit = ReceivedWatch.EVENTS_AHEAD; // guarded by lock
    private boolean ended; // guarded by lock
    private ControlPlane.@Nullable Watch watch; // guarded by lock

    OfferedWatch(long id, Consumer<RegisterAnswer> tell) {
        this.id = id;
        this.tell = tell;
    }

    void begin(ControlPlane controlPlane, String prefix) {
        ControlPlane.Watch made;
        try {
            made = controlPlane.watch(prefix, this);
        } catch (RuntimeException e) {
            LOG.warn("A watch of {} could not begin", prefix, e);
            tell.accept(RegisterAnswer.newBuilder()
                    .setId(id)
                    .setUnavailable(String.valueOf(e.getMessage()))
                    .build());
            return;
        }
        lock.lock();
        try {
            if (!ended) {
                watch = made;
                return;
            }
        } finally {
            lock.unlock();
        }
        made.close();
    }

    void grant(int events) {
        lock.lock();
        try {
            credit += events;
            credited.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        ControlPlane.Watch last;
        lock.lock();
        try {
            ended = true;
            credited.signalAll();
            last = watch;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void onSnapshot(List<RegisterEntry> entries) {
        send(answer().setSnapshot(RegisterMessages.write(entries)));
    }

    @Override
    public void onChanged(RegisterEntry entry) {
        send(answer().setChanged(RegisterMessages.write(entry)));
    }

    @Override
    public void onRemoved(String key, long version) {
        send(answer().setRemoved(Removed.newBuilder().setKey(key).setVersion(version)));
    }

    private RegisterAnswer.Builder answer() {
        return RegisterAnswer.newBuilder().setId(id);
    }

    private void send(RegisterAnswer.Builder event) {
        lock.lock();
        try {
            while (credit <= 0 && !ended) {
                credited.awaitUninterruptibly();
            }
            if (ended) {
                return;
            }
            credit--;
        } finally {
            lock.unlock();
        }
        tell.accept(event.build());
    }
}
