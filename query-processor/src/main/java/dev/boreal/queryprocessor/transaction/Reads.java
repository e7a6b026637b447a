package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import org.jspecify.annotations.Nullable;

/** What can be read in a transaction: its snapshot with own writes laid over. One thread at a time. */
public interface Reads {

    /** The value of a key: the transaction's own write if there is one, else as of the snapshot. Shared: do not change. */
    byte @Nullable [] get(byte[] key);

    /** Scans as {@link dev.boreal.contracts.door.Storage#scan}, with own writes overlaid; asOf of the request is ignored. */
    Rows scan(ScanRequest request);

    /** Batches of rows, pulled by one thread. */
    interface Rows extends AutoCloseable {
        /** As {@link dev.boreal.contracts.door.Storage.Scan#next}. */
        boolean next(RowBatch batch);

        @Override
        void close();
    }
}
