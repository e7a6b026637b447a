package dev.boreal.journal;

import dev.boreal.contracts.door.Journal.AppendListener;
import dev.boreal.contracts.journal.AppendRefusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what became of an append. */
public final class PendingAppend implements AppendListener {
    private final CompletableFuture<Object> outcome = new CompletableFuture<>();

    @Override
    public void onDurable(long position) {
        tell(position);
    }

    @Override
    public void onRefused(AppendRefusal refusal) {
        tell(refusal);
    }

    private void tell(Object what) {
        if (!outcome.complete(what)) {
            throw new AssertionError("told twice: " + outcome.join() + " and " + what);
        }
    }

    public boolean isTold() {
        return outcome.isDone();
    }

    /** The position. */
    public long durable() {
        if (await() instanceof Long position) {
            return position;
        }
        throw new AssertionError("not durable: " + await());
    }

    public AppendRefusal refused() {
        if (await() instanceof AppendRefusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused: " + await());
    }

    /** A Long or an AppendRefusal. */
    public Object await() {
        try {
            return outcome.get(30, TimeUnit.SECONDS);
        } catch (TimeoutException | InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError("never told what became of an append", e);
        }
    }
}
