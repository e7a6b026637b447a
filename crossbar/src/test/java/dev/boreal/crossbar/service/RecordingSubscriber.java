package dev.boreal.crossbar.service;

import dev.boreal.contracts.door.Crossbar;
import dev.boreal.contracts.feed.FeedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down its feed, checks the rules of the door on the way, and can be made slow. */
final class RecordingSubscriber implements Crossbar.FeedSubscriber {
    private final List<FeedEntry> entries = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final Semaphore gate;
    private long watermark = Long.MIN_VALUE;
    private @Nullable String closed;
    private boolean trimmed;
    private @Nullable String broken;
    private @Nullable Thread watermarkThread;
    private int inside;

    RecordingSubscriber() {
        this(Integer.MAX_VALUE);
    }

    /** Takes so many calls with entries, then blocks until {@link #release}. */
    RecordingSubscriber(int calls) {
        gate = new Semaphore(calls);
    }

    void release() {
        gate.release(1_000_000);
    }

    @Override
    public void onEntries(List<FeedEntry> delivered) {
        enter();
        gate.acquireUninterruptibly();
        synchronized (this) {
            for (FeedEntry entry : delivered) {
                if (entry.timestamp() <= watermark) {
                    broken = entry + " comes behind watermark " + watermark;
                }
            }
            entries.addAll(delivered);
            batches.add(delivered.size());
            notifyAll();
        }
        leave();
    }

    @Override
    public void onWatermark(long timestamp) {
        enter();
        synchronized (this) {
            if (timestamp <= watermark) {
                broken = "watermark " + timestamp + " after " + watermark;
            }
            if (!entries.isEmpty()
                    && !entries.getLast().last()
                    && timestamp >= entries.getLast().timestamp()) {
                broken = "watermark " + timestamp + " before the last piece of " + entries.getLast();
            }
            watermark = timestamp;
            watermarkThread = Thread.currentThread();
            notifyAll();
        }
        leave();
    }

    @Override
    public void onClosed(String reason) {
        enter();
        synchronized (this) {
            closed = reason;
            notifyAll();
        }
        leave();
    }

    @Override
    public void onTrimmed(String reason) {
        synchronized (this) {
            trimmed = true;
        }
        onClosed(reason);
    }

    synchronized boolean trimmed() {
        return trimmed;
    }

    private synchronized void enter() {
        if (++inside > 1) {
            broken = "two calls at a time";
        }
        if (closed != null) {
            broken = "called after it was closed";
        }
    }

    private synchronized void leave() {
        inside--;
    }

    synchronized void awaitWatermark(long timestamp) {
        await(() -> watermark >= timestamp, "watermark " + timestamp);
    }

    synchronized String awaitClosed() {
        await(() -> closed != null, "the end");
        return String.valueOf(closed);
    }

    private synchronized void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited for " + what + " in vain, watermark " + watermark + ", "
                        + entries.size() + " entries, closed " + closed);
            }
            try {
                wait(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    synchronized List<FeedEntry> entries() {
        return List.copyOf(entries);
    }

    synchronized List<Integer> batches() {
        return List.copyOf(batches);
    }

    synchronized long watermark() {
        return watermark;
    }

    synchronized @Nullable Thread watermarkThread() {
        return watermarkThread;
    }

    /** Which rule of the door was broken, or null. */
    synchronized @Nullable String broken() {
        return broken;
    }
}
