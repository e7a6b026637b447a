package dev.boreal.journal.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the next segment with zeros ahead of its use, so that no append waits for it, and a sync of a record never has
 * to write a file's size or block map. Not thread-safe but for the task that it gives to the executor.
 */
final class SegmentPreparer implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentPreparer.class);
    /** Zeros are synced in such steps, so that a commit's sync does not stand behind all of them. */
    private static final int STEP_BYTES = 1 << 20;

    private final Disk disk;
    private final Executor background;
    private volatile boolean stopping;
    private @Nullable FutureTask<DiskFile> next;

    SegmentPreparer(Disk disk, Executor background) {
        this.disk = disk;
        this.background = background;
    }

    /** Begins to prepare segment {@code number}. */
    void begin(long number, long bytes) {
        FutureTask<DiskFile> task = new FutureTask<>(() -> prepare(number, bytes));
        next = task;
        background.execute(task);
    }

    /**
     * The segment that was begun last, waiting until it is prepared. If that failed (the disk was full, say), tries once
     * more: nothing of value is in the file yet, so that is safe.
     */
    DiskFile take(long number, long bytes) throws IOException {
        FutureTask<DiskFile> task = next;
        next = null;
        if (task != null) {
            try {
                return await(task);
            } catch (IOException e) {
                LOG.warn("cannot prepare journal segment {} in the background", number, e);
            }
        }
        return prepare(number, bytes);
    }

    private static DiskFile await(FutureTask<DiskFile> task) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IOException(String.valueOf(e.getCause()), e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private DiskFile prepare(long number, long bytes) throws IOException {
        DiskFile file = disk.openOrCreate(Segment.fileName(number));
        try {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(STEP_BYTES, bytes));
            long at = file.size();
            while (at < bytes && !stopping) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
                at += zeros.limit();
                file.write(zeros, at - zeros.limit());
                file.sync();
            }
            disk.syncNames();
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Stops preparing and waits until the file is left alone. */
    @Override
    public void close() throws IOException {
        stopping = true;
        FutureTask<DiskFile> task = next;
        next = null;
        if (task != null) {
            try {
                await(task).close();
            } catch (IOException e) {
                LOG.debug("the next journal segment was not prepared", e);
            }
        }
    }
}
