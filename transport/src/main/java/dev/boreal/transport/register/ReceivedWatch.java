package dev.boreal.transport.register;

import dev.boreal.contracts.door.ControlPlane.WatchListener;
import dev.boreal.contracts.wire.RegisterAnswer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch at one member, as the watcher's process receives it: the loop puts events in, the watch's thread takes them out. */
final class ReceivedWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedWatch.class);
    /** Events that may be on the way, or waiting here. */
    static final int EVENTS_AHEAD = 256;

    private final IntConsumer credit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final ArrayDeque<RegisterAnswer> waiting = new ArrayDeque<>();
    private @Nullable String broken;

    ReceivedWatch(IntConsumer credit) {
        this.credit = credit;
    }

    void arrived(RegisterAnswer event) {
        lock.lock();
        try {
            waiting.add(event);
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes. */
    void end(String reason) {
        lock.lock();
        try {
            broken = broken == null ? reason : broken;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Delivers until nothing more comes; says why. */
    String deliver(WatchListener listener) {
        int taken = 0;
        while (true) {
            RegisterAnswer event;
            lock.lock();
            try {
                event = waiting.poll();
                String reason = broken;
                if (event == null && reason != null) {
                    return reason;
                }
                if (event == null) {
                    something.awaitUninterruptibly();
                    continue;
                }
            } finally {
                lock.unlock();
            }
            tell(event, listener);
            taken++;
            if (taken >= EVENTS_AHEAD / 4) {
                credit.accept(taken);
                taken = 0;
            }
        }
    }

    private static void tell(RegisterAnswer event, WatchListener listener) {
        try {
            switch (event.getAnswerCase()) {
                case SNAPSHOT -> listener.onSnapshot(RegisterMessages.read(event.getSnapshot()));
                case CHANGED -> listener.onChanged(RegisterMessages.read(event.getChanged()));
                case REMOVED ->
                    listener.onRemoved(
                            event.getRemoved().getKey(), event.getRemoved().getVersion());
                default -> LOG.warn("A watch hears {}", event.getAnswerCase());
            }
        } catch (RuntimeException e) {
            LOG.error("A watcher failed on {}", event.getAnswerCase(), e);
        }
    }
}
