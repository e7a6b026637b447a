package dev.boreal.storage.client;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.ReadRefused.Reason;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A replica of rows that never change, which can refuse, be silent, and break in the middle of a scan. */
final class FakeReplica implements Storage {
    private final NavigableMap<byte[], byte[]> rows = new TreeMap<>(Keys::compare);
    private final VirtualLimit time;
    private final int batchRows;
    private @Nullable Reason refusal;
    private boolean silent;
    private int batchesUntilBreak = Integer.MAX_VALUE;
    private int calls;
    private int openScans;

    FakeReplica(VirtualLimit time, int batchRows) {
        this.time = time;
        this.batchRows = batchRows;
    }

    void put(byte[] key, byte[] value) {
        rows.put(key, value);
    }

    void refuse(@Nullable Reason reason) {
        refusal = reason;
    }

    void silent(boolean newSilent) {
        silent = newSilent;
    }

    void breakAfter(int batches) {
        batchesUntilBreak = batches;
    }

    int calls() {
        return calls;
    }

    int openScans() {
        return openScans;
    }

    private void call() {
        calls++;
        if (silent) {
            throw time.waitInVain();
        }
        if (refusal != null) {
            throw new ReadRefused(refusal, "refused");
        }
    }

    @Override
    public boolean tryReach(long asOf) {
        return !silent && refusal == null;
    }

    @Override
    public void awaitReach(long asOf) {
        call();
    }

    @Override
    public byte @Nullable [] get(byte[] key, long asOf) {
        call();
        return rows.get(key);
    }

    @Override
    public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
        call();
        byte[] @Nullable [] found = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            found[i] = rows.get(keys[i]);
        }
        return found;
    }

    @Override
    public long count(ScanRequest request) {
        call();
        return matching(request).size();
    }

    private List<byte[]> matching(ScanRequest request) {
        List<byte[]> keys = new ArrayList<>();
        for (byte[] key : (request.reverse() ? rows.descendingMap() : rows).keySet()) {
            if (request.range().contains(key) && keys.size() < request.limit()) {
                keys.add(key);
            }
        }
        return keys;
    }

    @Override
    public Scan scan(ScanRequest request) {
        call();
        openScans++;
        List<byte[]> keys = matching(request);
        return new Scan() {
            private int at;
            private boolean closed;

            @Override
            public boolean next(RowBatch batch) {
                batch.clear();
                if (batchesUntilBreak-- <= 0) {
                    batchesUntilBreak = Integer.MAX_VALUE;
                    throw new ReadRefused(Reason.UNAVAILABLE, "connection lost");
                }
                for (int i = 0; i < batchRows && at < keys.size(); i++) {
                    byte[] key = keys.get(at++);
                    byte[] value = rows.getOrDefault(key, Keys.EMPTY);
                    batch.add(key, 0, request.withKeys() ? key.length : 0, value, 0, value.length);
                }
                return batch.rows() > 0;
            }

            @Override
            public void close() {
                openScans -= closed ? 0 : 1;
                closed = true;
            }
        };
    }

    @Override
    public FeedStart persistedPositions() {
        call();
        return FeedStart.BEGINNING;
    }
}
