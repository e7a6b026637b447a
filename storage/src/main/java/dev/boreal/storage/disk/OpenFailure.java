package dev.boreal.storage.disk;

import dev.boreal.storage.StorageOpenException;
import dev.boreal.storage.StorageOpenException.Reason;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns what RocksDB says on opening into what a person can act on. */
final class OpenFailure {
    private static final String REBUILD =
            " Storage can be rebuilt from the journal: stop the server, move this directory away and start again. If the"
                    + " journal has been trimmed since the beginning, restore the directory from a backup instead.";

    private OpenFailure() {}

    static StorageOpenException describe(Path directory, RocksDBException cause) {
        String detail = String.valueOf(cause.getMessage());
        Status status = cause.getStatus();
        Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
        if (code == Status.Code.IOError && detail.contains("LOCK")) {
            return new StorageOpenException(
                    Reason.IN_USE,
                    "storage directory " + directory + " is open in another process (" + detail + "). Stop it first.",
                    cause);
        }
        if (code == Status.Code.Corruption
                || code == Status.Code.InvalidArgument
                || detail.contains("No such file")
                || detail.contains("does not exist")) {
            return damaged(directory, detail, cause);
        }
        return new StorageOpenException(
                Reason.INACCESSIBLE,
                "storage directory " + directory + " cannot be opened (" + detail
                        + "). Check its permissions and the free space of its disk.",
                cause);
    }

    static StorageOpenException damaged(Path directory, String detail, Throwable cause) {
        return new StorageOpenException(
                Reason.DAMAGED, "storage directory " + directory + " is damaged (" + detail + ")." + REBUILD, cause);
    }
}
