package dev.boreal.storage.client;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import org.jspecify.annotations.Nullable;

/**
 * A scan that goes on at another replica when the one it reads from breaks. Behind the last key handed out, where the
 * request asks for keys; else it reads the same rows once more and passes over as many as were handed out: a snapshot
 * has the same rows everywhere, in the same order. One thread at a time.
 */
final class ContinuedScan implements Storage.Scan {
    private final NearestStorage storage;
    private final ScanRequest request;
    private final NearestStorage.Tries tries;
    private Storage.@Nullable Scan current;
    private long handedOut;
    private byte @Nullable [] lastKey;
    private long toSkip;
    private boolean over;

    ContinuedScan(NearestStorage storage, ScanRequest request) {
        this.storage = storage;
        this.request = request;
        this.tries = storage.tries();
        this.current = storage.open(tries, request);
    }

    @Override
    public boolean next(RowBatch batch) {
        batch.clear();
        while (!over) {
            Storage.Scan scan = current == null ? reopen() : current;
            if (scan == null) {
                close();
                return false;
            }
            if (!fill(scan, batch)) {
                continue;
            }
            if (batch.rows() == 0) {
                close();
                return false;
            }
            if (skip(batch)) {
                handedOut(batch);
                return true;
            }
        }
        return false;
    }

    /** False if the scan broke and is to be opened elsewhere; an empty batch is its end. */
    private boolean fill(Storage.Scan scan, RowBatch batch) {
        try {
            scan.next(batch);
            return true;
        } catch (ReadRefused e) {
            batch.clear();
            giveUp();
            if (e.reason() == Reason.SNAPSHOT_TOO_OLD || e.reason() == Reason.INTERRUPTED) {
                over = true;
                throw e;
            }
            tries.broke(e);
            return false;
        }
    }

    /** Passes over rows that were handed out before; false if that was the whole batch. */
    private boolean skip(RowBatch batch) {
        if (toSkip == 0) {
            return true;
        }
        if (batch.rows() <= toSkip) {
            toSkip -= batch.rows();
            batch.clear();
            return false;
        }
        RowBatch rest = new RowBatch();
        copy(batch, (int) toSkip, rest);
        batch.clear();
        copy(rest, 0, batch);
        toSkip = 0;
        return true;
    }

    private static void copy(RowBatch from, int firstRow, RowBatch to) {
        byte[] data = from.data();
        for (int row = firstRow; row < from.rows(); row++) {
            to.add(data, from.keyOffset(row), from.keyLength(row), data, from.valueOffset(row), from.valueLength(row));
        }
    }

    private void handedOut(RowBatch batch) {
        handedOut += batch.rows();
        if (request.withKeys()) {
            lastKey = batch.key(batch.rows() - 1);
        }
        tries.progressed();
    }

    /** The rest of the scan, at whatever replica answers; null if there is none. */
    private Storage.@Nullable Scan reopen() {
        byte[] key = lastKey;
        ScanRequest rest = request;
        if (request.withKeys() && key != null) {
            if (handedOut >= request.limit() || (request.reverse() && key.length == 0)) {
                return null;
            }
            rest = behind(key);
        } else {
            toSkip = handedOut;
        }
        Storage.Scan opened = rest.range().isEmpty() ? null : storage.open(tries, rest);
        current = opened;
        return opened;
    }

    private ScanRequest behind(byte[] key) {
        KeyRange range = request.reverse()
                ? new KeyRange(request.range().from(), key)
                : new KeyRange(Keys.successor(key), request.range().to());
        return new ScanRequest(
                request.asOf(),
                range,
                request.reverse(),
                request.filter(),
                request.projection(),
                true,
                request.limit() == Long.MAX_VALUE ? Long.MAX_VALUE : request.limit() - handedOut);
    }

    private void giveUp() {
        Storage.Scan broken = current;
        current = null;
        if (broken != null) {
            broken.close();
        }
    }

    @Override
    public void close() {
        over = true;
        giveUp();
    }
}
