package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import java.io.IOException;
import java.nio.file.Path;

/** The error for a spill directory that takes no more. */
final class SpillFailed {
    private SpillFailed() {}

    static SqlException of(Path directory, IOException cause) {
        return new SqlException(SqlError.error(
                        SqlState.DISK_FULL,
                        "could not write temporary data in " + directory + ": " + cause.getMessage())
                .withHint("Free some space, or make the transaction smaller."));
    }
}
