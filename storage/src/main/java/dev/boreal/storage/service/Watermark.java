package dev.boreal.storage.service;

import dev.boreal.contracts.door.Crossbar;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The room's watermark and those who wait for it. A look is one volatile read. Waiting readers stand in the order of
 * their snapshots, so a rise wakes those it reaches and touches no other, without a lock; thousands may wait.
 *
 * <p>No wake-up is lost: a reader enters the set and then looks at the watermark again, a rise sets the watermark and
 * then looks into the set. An advance asked for may get lost upstream (a journal that changes hands): waiting readers ask
 * again after a few milliseconds, one for all.
 */
final class Watermark {
    private static final long FIRST_REPEAT_NANOS = 4_000_000;
    private static final long LONGEST_REPEAT_NANOS = 64_000_000;

    private final long timeoutNanos;
    private final ConcurrentSkipListSet<Waiter> waiters = new ConcurrentSkipListSet<>();
    private final AtomicLong order = new AtomicLong();
    private volatile long value;
    private volatile @Nullable String stopped;
    private volatile long lastAsked;
    private volatile long lastAskedNanos;

    Watermark(long start, long timeoutNanos) {
        this.value = start;
        this.timeoutNanos = timeoutNanos;
    }

    private record Waiter(long asOf, long order, Thread thread) implements Comparable<Waiter> {
        @Override
        public int compareTo(Waiter other) {
            int bySnapshot = Long.compare(asOf, other.asOf);
            return bySnapshot != 0 ? bySnapshot : Long.compare(order, other.order);
        }
    }

    long value() {
        return value;
    }

    /** Called by one thread at a time. Never blocks. */
    void raise(long timestamp) {
        if (timestamp <= value) {
            return;
        }
        value = timestamp;
        while (!waiters.isEmpty()) {
            Waiter first = waiters.pollFirst();
            if (first == null) {
                return;
            }
            if (first.asOf > timestamp) {
                waiters.add(first);
                return;
            }
            LockSupport.unpark(first.thread);
        }
    }

    /** The watermark will never rise again: all who wait are refused, with this reason. */
    void stop(String reason) {
        stopped = reason;
        for (Waiter waiter : waiters) {
            LockSupport.unpark(waiter.thread);
        }
    }

    boolean tryReach(long asOf, Crossbar crossbar) {
        if (value >= asOf) {
            return true;
        }
        if (stopped != null) {
            return false;
        }
        ask(asOf, crossbar);
        return value >= asOf;
    }

    void awaitReach(long asOf, Crossbar crossbar) {
        if (tryReach(asOf, crossbar)) {
            return;
        }
        Waiter waiter = new Waiter(asOf, order.incrementAndGet(), Thread.currentThread());
        long start = System.nanoTime();
        long repeat = FIRST_REPEAT_NANOS;
        waiters.add(waiter);
        try {
            while (value < asOf) {
                refuseIfStopped();
                long left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    throw Refusal.timedOut(asOf, value, timeoutNanos);
                }
                LockSupport.parkNanos(this, Math.min(left, repeat));
                if (Thread.interrupted()) {
                    throw Refusal.interrupted();
                }
                if (value < asOf && stopped == null) {
                    ask(asOf, crossbar);
                    repeat = Math.min(2 * repeat, LONGEST_REPEAT_NANOS);
                }
            }
        } finally {
            waiters.remove(waiter);
        }
    }

    private void refuseIfStopped() {
        String reason = stopped;
        if (reason != null) {
            throw Refusal.failed(reason);
        }
    }

    /** Asks upstream, unless somebody has just asked for as much. */
    private void ask(long asOf, Crossbar crossbar) {
        long now = System.nanoTime();
        if (asOf <= lastAsked && now - lastAskedNanos < FIRST_REPEAT_NANOS) {
            return;
        }
        lastAsked = asOf;
        lastAskedNanos = now;
        crossbar.requestAdvance(asOf);
    }
}
