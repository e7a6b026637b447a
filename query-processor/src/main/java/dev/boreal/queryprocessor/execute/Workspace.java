package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that one execution's operators hold, by estimate, and ends the statement before it takes the whole
 * process down. One thread.
 *
 * <p>Beyond its first mebibyte a workspace draws on what all executions of the process may hold together. What it drew
 * comes back when it gives bytes back, and at the latest when it is collected.
 */
public final class Workspace {
    /** What a sort holds before it writes runs to disk. */
    public static final long DEFAULT_SORT_BYTES = 64L << 20;

    private static final long FREE_BYTES = 1 << 20;
    private static final long STEP_BYTES = 4 << 20;
    private static final long TOGETHER_BYTES = Runtime.getRuntime().maxMemory() / 5 * 2;
    private static final AtomicLong TOGETHER = new AtomicLong();
    private static final Cleaner CLEANER = Cleaner.create();

    private final long sortBytes;
    private final long limitBytes;
    private final Path spillDirectory;
    private long usedBytes;
    private @Nullable Share share;

    /** What one workspace has drawn of what all may hold together. */
    private static final class Share implements Runnable {
        private final AtomicLong drawn = new AtomicLong();

        boolean draw(long bytes) {
            if (TOGETHER.addAndGet(bytes) > TOGETHER_BYTES) {
                TOGETHER.addAndGet(-bytes);
                return false;
            }
            drawn.addAndGet(bytes);
            return true;
        }

        void putBack(long bytes) {
            drawn.addAndGet(-bytes);
            TOGETHER.addAndGet(-bytes);
        }

        /** The workspace is gone. */
        @Override
        public void run() {
            TOGETHER.addAndGet(-drawn.getAndSet(0));
        }
    }

    /** A quarter of the heap, of which one sort takes 64 MiB at most. */
    public Workspace() {
        this(Path.of(System.getProperty("java.io.tmpdir", ".")));
    }

    /** A quarter of the heap, of which one sort takes 64 MiB at most, before it goes to {@code spillDirectory}. */
    public Workspace(Path spillDirectory) {
        this(
                Math.min(DEFAULT_SORT_BYTES, Runtime.getRuntime().maxMemory() / 16),
                Runtime.getRuntime().maxMemory() / 4,
                spillDirectory);
    }

    /**
     * @param sortBytes what one sort holds before it writes runs to disk
     * @param limitBytes what all operators together may hold
     * @param spillDirectory where the runs go
     */
    public Workspace(long sortBytes, long limitBytes, Path spillDirectory) {
        this.sortBytes = sortBytes;
        this.limitBytes = limitBytes;
        this.spillDirectory = spillDirectory;
    }

    public long sortBytes() {
        return sortBytes;
    }

    public Path spillDirectory() {
        return spillDirectory;
    }

    public long usedBytes() {
        return usedBytes;
    }

    /** @throws SqlException 53200 if that is too much */
    void take(long bytes) {
        if (bytes > limitBytes - usedBytes) {
            throw outOfMemory("The query's intermediate results would exceed " + (limitBytes >> 20) + " MB.");
        }
        if (usedBytes + bytes > FREE_BYTES) {
            drawFor(usedBytes + bytes - FREE_BYTES);
        }
        usedBytes += bytes;
    }

    void give(long bytes) {
        usedBytes -= bytes;
        Share held = share;
        if (held != null) {
            long spare = held.drawn.get() - Math.max(0, usedBytes - FREE_BYTES);
            if (spare > 2 * STEP_BYTES) {
                held.putBack(spare - STEP_BYTES);
            }
        }
    }

    private void drawFor(long bytes) {
        Share held = share;
        if (held == null) {
            held = new Share();
            share = held;
            CLEANER.register(this, held);
        }
        long missing = bytes - held.drawn.get();
        if (missing > 0 && !held.draw(Math.max(missing, STEP_BYTES))) {
            throw outOfMemory(
                    "The intermediate results of all running queries would exceed " + (TOGETHER_BYTES >> 20) + " MB.");
        }
    }

    private static SqlException outOfMemory(String detail) {
        return new SqlException(SqlError.error(SqlState.OUT_OF_MEMORY, "out of memory")
                .withDetail(detail)
                .withHint("Give the server more memory with --heap, or run fewer large queries at a time."));
    }
}
