package dev.boreal.storage.client;

import java.util.function.Supplier;

/** How a read that does not come back is given up. */
public interface TimeLimit {

    /**
     * Runs {@code read} on this thread.
     *
     * @throws dev.boreal.contracts.read.ReadRefused what the read throws; {@code TIMED_OUT} if it took longer than
     *     {@code limitNanos} and could be stopped
     */
    <T> T call(long limitNanos, Supplier<T> read);

    /**
     * Waits.
     *
     * @throws dev.boreal.contracts.read.ReadRefused {@code INTERRUPTED}
     */
    void pause(long nanos);
}
