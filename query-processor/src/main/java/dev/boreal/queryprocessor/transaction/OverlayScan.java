package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.row.RowFormat;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scan of storage with the transaction's own writes laid over it: of equal keys the transaction's counts, a tombstone
 * hides the row. Storage filters and projects its rows, this does it for the written ones; the limit is kept here, since
 * a row that storage counts may be hidden.
 */
final class OverlayScan implements Reads.Rows {
    private static final int BATCH_BYTES = 64 << 10;
    private static final int BATCH_ROWS = 1024;

    private final ScanRequest request;
    private final Storage.Scan stored;
    private final RowBatch storedBatch = new RowBatch();
    private final Iterator<Map.Entry<byte[], byte[]>> written;
    private final RowFormat.Cursor cursor = new RowFormat.Cursor();
    private Map.@Nullable Entry<byte[], byte[]> head;
    private int storedRow;
    private boolean storedEnded;
    private long remaining;

    /** @param written own writes in the range, in the order of the scan */
    OverlayScan(ScanRequest request, Storage storage, Iterator<Map.Entry<byte[], byte[]>> written) {
        this.request = request;
        stored = storage.scan(new ScanRequest(
                request.asOf(),
                request.range(),
                request.reverse(),
                request.filter(),
                request.projection(),
                true,
                Long.MAX_VALUE));
        this.written = written;
        head = written.hasNext() ? written.next() : null;
        remaining = request.limit();
    }

    @Override
    public boolean next(RowBatch batch) {
        batch.clear();
        while (remaining > 0 && batch.rows() < BATCH_ROWS && batch.bytes() < BATCH_BYTES) {
            boolean haveStored = ensureStored();
            if (!haveStored && head == null) {
                break;
            }
            Map.Entry<byte[], byte[]> own = head;
            int order = own == null ? -1 : haveStored ? compareStoredToWritten(own.getKey()) : 1;
            if (own == null || order < 0) {
                copyStored(batch);
                storedRow++;
            } else {
                addWritten(batch, own);
                head = written.hasNext() ? written.next() : null;
                if (order == 0) {
                    storedRow++;
                }
            }
        }
        return batch.rows() > 0;
    }

    private boolean ensureStored() {
        if (storedRow < storedBatch.rows()) {
            return true;
        }
        if (!storedEnded) {
            storedRow = 0;
            storedEnded = !stored.next(storedBatch);
        }
        return !storedEnded;
    }

    private int compareStoredToWritten(byte[] key) {
        int from = storedBatch.keyOffset(storedRow);
        int order = Keys.compare(storedBatch.data(), from, from + storedBatch.keyLength(storedRow), key, 0, key.length);
        return request.reverse() ? -order : order;
    }

    private void copyStored(RowBatch batch) {
        batch.add(
                storedBatch.data(),
                storedBatch.keyOffset(storedRow),
                request.withKeys() ? storedBatch.keyLength(storedRow) : 0,
                storedBatch.data(),
                storedBatch.valueOffset(storedRow),
                storedBatch.valueLength(storedRow));
        remaining--;
    }

    private void addWritten(RowBatch batch, Map.Entry<byte[], byte[]> entry) {
        byte[] value = entry.getValue();
        if (WriteBuffer.isTombstone(value)) {
            return;
        }
        cursor.reset(value, 0, value.length);
        if (request.filter() != null && !request.filter().test(cursor)) {
            return;
        }
        byte[] key = entry.getKey();
        int keyLength = request.withKeys() ? key.length : 0;
        int[] projection = request.projection();
        if (projection == null) {
            batch.add(key, 0, keyLength, value, 0, value.length);
        } else {
            batch.addProjected(key, 0, keyLength, cursor, value.length, projection);
        }
        remaining--;
    }

    @Override
    public void close() {
        stored.close();
    }
}
