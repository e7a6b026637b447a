package dev.boreal.transport.link;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task on a loop again and again, at the multiples of a period on the machine's steady clock. So all links of a process, and
 * of a machine, look and speak at the same moments: one wake-up serves them all, and an idle process sleeps the rest of the time. What
 * was missed while the process was paused is not made up for. The first run comes after at least half a period.
 */
final class Ticks {
    private final EventLoop loop;
    private final long periodNanos;
    private final Runnable task;
    private volatile boolean cancelled;
    private volatile Future<?> next;

    /** Begins. Any thread. */
    Ticks(EventLoop loop, long periodNanos, Runnable task) {
        this.loop = loop;
        this.periodNanos = periodNanos;
        this.task = task;
        next = schedule();
    }

    private Future<?> schedule() {
        long left = periodNanos - Math.floorMod(System.nanoTime(), periodNanos);
        long delay = left < periodNanos / 2 ? left + periodNanos : left;
        return loop.schedule(this::run, delay, TimeUnit.NANOSECONDS);
    }

    private void run() {
        if (!cancelled) {
            next = schedule();
            task.run();
        }
    }

    /** There is no run after this, but for one under way. Any thread. */
    void cancel() {
        cancelled = true;
        next.cancel(false);
    }
}
