package dev.boreal.simulation;

import dev.boreal.simulation.world.Trace;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs of one seed after another on several threads; their outcomes are taken in the order of seeds, so that what is printed
 * does not depend on the threads. A run stays in one thread and shares nothing with another one.
 */
final class ParallelRuns implements AutoCloseable {
    /** Runs that may be ahead of the one whose outcome is waited for, per thread: a slow one does not stop the others. */
    private static final int AHEAD = 8;

    private final ExecutorService threads;
    private final ArrayDeque<Future<Outcome>> begun = new ArrayDeque<>();
    private final Settings settings;
    private final long end;
    private final int most;
    private long next;

    /**
     * @param settings of all runs but for the seed, which is the first one's
     * @param count of runs
     */
    ParallelRuns(Settings settings, long count, int threads) {
        this.settings = settings;
        this.next = settings.seed();
        this.end = settings.seed() + count;
        this.most = AHEAD * threads;
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("run-", 1).daemon().factory());
    }

    /** Waits for the next seed's outcome. Throws what the run threw, which is a mistake in the simulation itself. */
    Outcome next() {
        while (next < end && begun.size() < most) {
            Settings run = settings.withSeed(next++);
            begun.add(threads.submit(() -> Simulation.run(run, Trace.silent())));
        }
        try {
            return begun.remove().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run could not be run", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Runs that have begun go on to nobody. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
