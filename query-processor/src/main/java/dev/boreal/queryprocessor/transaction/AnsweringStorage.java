package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.sql.SqlError;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.contracts.sql.SqlState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The storage door as statements use it: a refused read is an error that a client understands. Any thread. */
public final class AnsweringStorage implements Storage {
    private static final Logger LOG = LoggerFactory.getLogger(AnsweringStorage.class);

    private final Storage storage;

    public AnsweringStorage(Storage storage) {
        this.storage = storage;
    }

    @Override
    public boolean tryReach(long asOf) {
        try {
            return storage.tryReach(asOf);
        } catch (ReadRefused e) {
            throw answer(e);
        }
    }

    @Override
    public void watch(byte[] key) {
        storage.watch(key);
    }

    @Override
    public boolean answersInProcess() {
        return storage.answersInProcess();
    }

    @Override
    public void awaitReach(long asOf) {
        try {
            storage.awaitReach(asOf);
        } catch (ReadRefused e) {
            throw answer(e);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key, long asOf) {
        try {
            return storage.get(key, asOf);
        } catch (ReadRefused e) {
            throw answer(e);
        }
    }

    @Override
    public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
        try {
            return storage.getAll(keys, asOf);
        } catch (ReadRefused e) {
            throw answer(e);
        }
    }

    @Override
    public long count(ScanRequest request) {
        try {
            return storage.count(request);
        } catch (ReadRefused e) {
            throw answer(e);
        }
    }

    @Override
    public Scan scan(ScanRequest request) {
        try {
            return new AnsweringScan(storage.scan(request));
        } catch (ReadRefused e) {
            throw answer(e);
        }
    }

    @Override
    public FeedStart persistedPositions() {
        return storage.persistedPositions();
    }

    private static SqlException answer(ReadRefused refused) {
        String message = String.valueOf(refused.getMessage());
        SqlError error = switch (refused.reason()) {
            case SNAPSHOT_TOO_OLD ->
                SqlError.error(SqlState.SNAPSHOT_TOO_OLD, "snapshot too old")
                        .withDetail(message)
                        .withHint("Run the transaction again, or raise history.retention.");
            case TIMED_OUT ->
                SqlError.error(SqlState.SYSTEM_ERROR, "storage did not reach the snapshot in time")
                        .withDetail(message)
                        .withHint("Run the transaction again; if that does not help, see the server's log.");
            case UNAVAILABLE ->
                SqlError.error(SqlState.IO_ERROR, message)
                        .withHint("Commits that were acknowledged are in the journal. Stop the server, check its disk,"
                                + " and see docs/faults.md before you start it again.");
            case INTERRUPTED -> SqlError.error(SqlState.QUERY_CANCELED, "canceling statement due to user request");
        };
        if (refused.getCause() != null) {
            LOG.error("a read failed: {}", message);
        }
        return new SqlException(error);
    }

    private static final class AnsweringScan implements Scan {
        private final Scan scan;

        AnsweringScan(Scan scan) {
            this.scan = scan;
        }

        @Override
        public boolean next(RowBatch batch) {
            try {
                return scan.next(batch);
            } catch (ReadRefused e) {
                throw answer(e);
            }
        }

        @Override
        public void close() {
            scan.close();
        }
    }
}
