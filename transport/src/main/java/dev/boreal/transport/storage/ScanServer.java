package dev.boreal.transport.storage;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.wire.ScanRows;
import dev.boreal.contracts.wire.StorageAnswer;
import dev.boreal.contracts.wire.StorageCall;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks a scan for a reader in another process, a batch per unit of credit. Behind a small batch it looks for the next before
 * it sends, so that a scan of a few rows is one answer that says that it is the last.
 */
final class ScanServer {
    private static final Logger LOG = LoggerFactory.getLogger(ScanServer.class);
    private static final int SMALL_BATCH_BYTES = 16 << 10;

    private ScanServer() {}

    /** Tells all batches but the last answer, which it returns. */
    static StorageAnswer serve(StorageCall call, Storage storage, ScanCredit credit, Consumer<StorageAnswer> tell) {
        long id = call.getId();
        try (Storage.Scan scan = call.hasCopy() ? storage.copy() : storage.scan(ReadMessages.read(call.getScan()))) {
            RowBatch batch = new RowBatch();
            boolean more = scan.next(batch);
            while (more && credit.take()) {
                ScanRows.Builder rows = ReadMessages.write(batch);
                boolean small = batch.bytes() < SMALL_BATCH_BYTES;
                if (small) {
                    more = scan.next(batch);
                    if (!more) {
                        return answer(id, rows.setLast(true));
                    }
                }
                tell.accept(answer(id, rows));
                if (!small) {
                    more = scan.next(batch);
                }
            }
            return more
                    ? StorageSession.refused(id, new ReadRefused(Reason.INTERRUPTED, "the scan was cancelled"))
                    : answer(id, ScanRows.newBuilder().setLast(true));
        } catch (ReadRefused e) {
            return StorageSession.refused(id, e);
        } catch (RuntimeException e) {
            LOG.error("A scan failed", e);
            return StorageSession.refused(id, new ReadRefused(Reason.UNAVAILABLE, "the scan failed: " + e));
        }
    }

    private static StorageAnswer answer(long id, ScanRows.Builder rows) {
        return StorageAnswer.newBuilder().setId(id).setScanRows(rows).build();
    }
}
