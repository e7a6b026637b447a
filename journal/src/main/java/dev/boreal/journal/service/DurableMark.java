package dev.boreal.journal.service;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits until a mark in the log is durable. */
final class DurableMark implements AppendListener {
    private static final String DURABLE = "";

    private final CompletableFuture<String> failure = new CompletableFuture<>();

    @Override
    public void onDurable(long position) {
        failure.complete(DURABLE);
    }

    @Override
    public void onRefused(AppendRefusal refusal) {
        failure.complete(
                refusal instanceof AppendRefusal.Unavailable(String message, boolean ignored)
                        ? message
                        : refusal.toString());
    }

    /** As {@link #await()}, but no longer than that. */
    String await(long time, TimeUnit unit) {
        return failure.completeOnTimeout("no answer in " + time + " " + unit, time, unit)
                .join();
    }

    /** Returns an empty string once it is durable, or why it is not. An interrupt does not end the wait. */
    String await() {
        return failure.join();
    }
}
