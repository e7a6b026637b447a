package dev.boreal.transport.storage;

import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait until a replica has reached their snapshots, in the order of those. All share the one question that
 * travels, for the highest snapshot, and are woken by the watermark that comes back.
 */
final class ReachWaiters {
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Waiter> waiting =
            new PriorityQueue<>((one, other) -> Long.compare(one.asOf, other.asOf)); // guarded by lock

    /** How a wait ended. */
    enum End {
        REACHED,
        /** The replica refused the highest snapshot; whether it refuses this one has to be asked. */
        REFUSED,
        /** The stream broke. */
        BROKEN,
        INTERRUPTED
    }

    /** One thread that waits. */
    static final class Waiter {
        private final long asOf;
        private final Thread thread = Thread.currentThread();
        private volatile @Nullable End end;
        private String reason = "";

        Waiter(long asOf) {
            this.asOf = asOf;
        }

        private void wake(End how, String why) {
            reason = why;
            end = how;
            LockSupport.unpark(thread);
        }

        /** Why the stream broke. */
        String reason() {
            return reason;
        }
    }

    /** To be called before the question is asked. */
    Waiter enter(long asOf) {
        Waiter waiter = new Waiter(asOf);
        lock.lock();
        try {
            waiting.add(waiter);
        } finally {
            lock.unlock();
        }
        return waiter;
    }

    /** Waits; an interrupt ends the wait and stays set. */
    End await(Waiter waiter) {
        End how = waiter.end;
        while (how == null) {
            LockSupport.park(this);
            how = waiter.end;
            if (how == null && Thread.currentThread().isInterrupted()) {
                leave(waiter);
                return End.INTERRUPTED;
            }
        }
        return how;
    }

    void leave(Waiter waiter) {
        lock.lock();
        try {
            waiting.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    void reached(long watermark) {
        wakeUpTo(watermark, End.REACHED, "");
    }

    void refused(long highest) {
        wakeUpTo(highest, End.REFUSED, "");
    }

    void broken(String why) {
        wakeUpTo(Long.MAX_VALUE, End.BROKEN, why);
    }

    private void wakeUpTo(long highest, End how, String why) {
        lock.lock();
        try {
            for (Waiter first = waiting.peek(); first != null && first.asOf <= highest; first = waiting.peek()) {
                waiting.remove();
                first.wake(how, why);
            }
        } finally {
            lock.unlock();
        }
    }
}
