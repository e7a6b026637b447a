package dev.boreal.clock;

import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer with one daemon thread. Most tasks are time limits that are called off long before: so limits of {@value
 * #COARSE_FROM_NANOS} ns and more come up to {@value #STEP_NANOS} ns late, many at once, and a short one that was called off stays
 * in the row until then. A task that comes behind another in the row does not wake the thread.
 */
public final class SystemTimer implements Timer, AutoCloseable {
    private static final long COARSE_FROM_NANOS = 50_000_000;
    private static final long STEP_NANOS = 10_000_000;
    private static final long LEFT_IN_ROW_NANOS = 1_000_000_000;

    private final ScheduledThreadPoolExecutor executor;

    public SystemTimer(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Scheduled after(long delayNanos, Runnable task) {
        boolean coarse = delayNanos >= COARSE_FROM_NANOS;
        long delay = coarse ? atAStep(delayNanos) : delayNanos;
        ScheduledFuture<?> future = executor.schedule(task, delay, TimeUnit.NANOSECONDS);
        if (coarse && delayNanos <= LEFT_IN_ROW_NANOS) {
            return () -> future.cancel(false);
        }
        return () -> {
            future.cancel(false);
            executor.remove((RunnableScheduledFuture<?>) future);
        };
    }

    private static long atAStep(long delayNanos) {
        if (delayNanos > Long.MAX_VALUE / 2) {
            return delayNanos;
        }
        return delayNanos + STEP_NANOS - Math.floorMod(System.nanoTime() + delayNanos, STEP_NANOS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
