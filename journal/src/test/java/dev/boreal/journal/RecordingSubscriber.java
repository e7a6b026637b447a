package dev.boreal.journal;

import dev.boreal.contracts.door.Journal.EntrySubscriber;
import dev.boreal.contracts.journal.PositionedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers its stream, and checks with every call what holds for all of them. */
public final class RecordingSubscriber implements EntrySubscriber {
    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger callers = new AtomicInteger();
    private final List<PositionedEntry> entries = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long lastPosition;
    private long watermark;
    private @Nullable Thread teller;
    private @Nullable String closed;

    public RecordingSubscriber(long afterPosition) {
        lastPosition = afterPosition;
    }

    @Override
    public void onEntries(List<PositionedEntry> batch) {
        inTurn(() -> {
            check(!batch.isEmpty(), "an empty batch");
            for (PositionedEntry entry : batch) {
                check(entry.position() == lastPosition + 1, "position " + entry.position() + " behind " + lastPosition);
                check(
                        entry.entry().timestamp() > watermark,
                        "timestamp " + entry.entry().timestamp() + " behind watermark " + watermark);
                lastPosition = entry.position();
                entries.add(entry);
                events.add("entry " + entry.position());
            }
        });
    }

    @Override
    public void onWatermark(long timestamp) {
        inTurn(() -> {
            check(timestamp > watermark, "watermark " + timestamp + " behind " + watermark);
            watermark = timestamp;
            teller = Thread.currentThread();
            events.add("watermark " + timestamp);
        });
    }

    @Override
    public void onClosed(String reason) {
        inTurn(() -> closed = reason);
    }

    private void inTurn(Runnable call) {
        boolean alone = callers.incrementAndGet() == 1;
        lock.lock();
        try {
            check(alone, "two calls at once");
            check(closed == null, "a call after the end");
            call.run();
            changed.signalAll();
        } finally {
            lock.unlock();
            callers.decrementAndGet();
        }
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }

    public List<PositionedEntry> entries() {
        return snapshot(entries);
    }

    /** "entry 7" and "watermark 1000", in order. */
    public List<String> events() {
        return snapshot(events);
    }

    /** What a stream must never do and this one did. */
    public List<String> violations() {
        return snapshot(violations);
    }

    private <T> List<T> snapshot(List<T> list) {
        lock.lock();
        try {
            return List.copyOf(list);
        } finally {
            lock.unlock();
        }
    }

    public long watermark() {
        lock.lock();
        try {
            return watermark;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the calling thread itself told the last watermark. */
    public boolean heardInline() {
        lock.lock();
        try {
            return Thread.currentThread().equals(teller);
        } finally {
            lock.unlock();
        }
    }

    public RecordingSubscriber awaitEntries(int count) {
        await("entries, of " + count, () -> entries.size() >= count);
        return this;
    }

    public RecordingSubscriber awaitWatermark(long timestamp) {
        await("watermark " + timestamp, () -> watermark >= timestamp);
        return this;
    }

    /** Why the stream ended. */
    public String awaitClosed() {
        await("end of the stream", () -> closed != null);
        return String.valueOf(closed);
    }

    private void await(String what, BooleanSupplier condition) {
        lock.lock();
        try {
            long rest = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!condition.getAsBoolean()) {
                if (rest <= 0) {
                    throw new AssertionError("never heard " + what + ": " + events + ", closed: " + closed);
                }
                rest = changed.awaitNanos(rest);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }
}
