package dev.boreal.clock;

/** Runs things later. The real one has a thread; a simulation's runs on virtual time. */
public interface Timer {

    /** Runs {@code task} once, not before {@code delayNanos} have gone by. The task must not block. */
    Scheduled after(long delayNanos, Runnable task);

    /** A task that has not run yet. */
    interface Scheduled {
        /** Does nothing if the task ran already. */
        void cancel();
    }
}
