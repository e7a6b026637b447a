package dev.boreal.adjudicator.service;

import dev.boreal.clock.Clock;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers commits that were durable before the clock had certainly passed their timestamps. One thread, a queue in the
 * order of timestamps (journals make entries durable in that order), and a wait that is usually a fraction of a
 * millisecond: a timer's wheel would be coarser than what is waited for. The thread sleeps until shortly before the
 * time, since a kernel's sleep overshoots by some 50 µs, and spins through the rest, but not for
 * long: a clock may stand still.
 */
final class ClockWait implements CommitWait {
    private static final long SPIN_NANOS = 20_000;
    private static final int MOST_SPINS = 2_000;
    private static final long LONGEST_SLEEP_NANOS = 1_000_000;
    private static final int NAPS_WHEN_FINISHED = 5;
    private static final long PATIENCE_AT_CLOSE_NANOS = 1_000_000_000;

    private final Clock clock;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean closed;
    private volatile boolean finished;

    ClockWait(Clock clock, String name) {
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    @Override
    public boolean isPassed(long timestamp) {
        return clock.earliest() > timestamp;
    }

    /** Blocks, for a few milliseconds at most, only once this is closed. */
    @Override
    public void add(Waiting waiting) {
        queue.add(waiting);
        if (finished) {
            answerRest();
        } else if (idle) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (true) {
            Waiting head = queue.peek();
            if (head == null) {
                if (closed) {
                    finished = true;
                    answerRest();
                    return;
                }
                idle = true;
                if (queue.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                idle = false;
            } else {
                await(head);
            }
        }
    }

    /** For what the journal makes durable after the thread has ended: nobody is left without an answer. */
    private void answerRest() {
        for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            for (int i = 0; i < NAPS_WHEN_FINISHED && !isPassed(waiting.timestamp()); i++) {
                LockSupport.parkNanos(this, LONGEST_SLEEP_NANOS);
            }
            if (isPassed(waiting.timestamp())) {
                waiting.onPassed();
            } else {
                waiting.onGivenUp();
            }
        }
    }

    private void await(Waiting head) {
        long deadline = 0;
        int spins = 0;
        while (true) {
            long remaining = head.timestamp() + 1 - clock.earliest();
            if (remaining <= 0) {
                queue.poll();
                head.onPassed();
                return;
            }
            if (closed) {
                deadline = deadline == 0 ? System.nanoTime() + PATIENCE_AT_CLOSE_NANOS : deadline;
                if (System.nanoTime() - deadline > 0) {
                    queue.poll();
                    head.onGivenUp();
                    return;
                }
            }
            if (remaining > SPIN_NANOS) {
                LockSupport.parkNanos(this, Math.min(remaining - SPIN_NANOS / 2, LONGEST_SLEEP_NANOS));
            } else if (++spins < MOST_SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, SPIN_NANOS);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && !thread.equals(Thread.currentThread())) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
