package dev.boreal.queryprocessor.execute;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.nio.file.Path;

/**
 * Counts the bytes that one execution's operators hold, by estimate, and ends the statement before it takes the whole
 * process down. One thread.
 */
public final class Workspace {
    /** What a sort holds before it writes runs to disk. */
    public static final long DEFAULT_SORT_BYTES = 64L << 20;

    private final long sortBytes;
    private final long limitBytes;
    private final Path spillDirectory;
    private long usedBytes;

    /** A quarter of the heap, of which one sort takes 64 MiB. */
    public Workspace() {
        this(
                DEFAULT_SORT_BYTES,
                Runtime.getRuntime().maxMemory() / 4,
                Path.of(System.getProperty("java.io.tmpdir", ".")));
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
            throw new SqlException(SqlError.error(SqlState.OUT_OF_MEMORY, "out of memory")
                    .withDetail("The query's intermediate results would exceed " + (limitBytes >> 20) + " MB."));
        }
        usedBytes += bytes;
    }

    void give(long bytes) {
        usedBytes -= bytes;
    }
}
