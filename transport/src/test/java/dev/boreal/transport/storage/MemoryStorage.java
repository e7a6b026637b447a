package dev.boreal.transport.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.ReadRefused;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of one version in memory, with a watermark that the test raises. Notes scans and advances. */
final class MemoryStorage implements Storage {
    private static final int BATCH_ROWS = 100;

    final TreeMap<byte[], byte[]> rows = new TreeMap<>(Keys::compare);
    final List<ScanRequest> requests = new ArrayList<>();
    volatile @Nullable ReadRefused refusal;
    long asked;
    int batches;
    int openScans;
    private long watermark;

    static byte[] key(int number) {
        return String.format("key-%06d", number).getBytes(UTF_8);
    }

    static byte[] value(int number) {
        return ("value of " + number).getBytes(UTF_8);
    }

    MemoryStorage fill(int count) {
        for (int i = 0; i < count; i++) {
            rows.put(key(i), value(i));
        }
        return this;
    }

    synchronized void raise(long timestamp) {
        watermark = timestamp;
        notifyAll();
    }

    @Override
    public synchronized boolean tryReach(long asOf) {
        if (watermark < asOf) {
            asked = Math.max(asked, asOf);
        }
        return watermark >= asOf;
    }

    @Override
    public synchronized void awaitReach(long asOf) {
        if (asOf < 0) {
            throw new ReadRefused(ReadRefused.Reason.SNAPSHOT_TOO_OLD, "before everything");
        }
        while (!tryReach(asOf)) {
            if (refusal != null) {
                throw refusal;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                throw new ReadRefused(ReadRefused.Reason.INTERRUPTED, "interrupted");
            }
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key, long asOf) {
        awaitReach(asOf);
        return rows.get(key);
    }

    @Override
    public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
        awaitReach(asOf);
        byte[] @Nullable [] values = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            values[i] = rows.get(keys[i]);
        }
        return values;
    }

    @Override
    public long count(ScanRequest request) {
        awaitReach(request.asOf());
        requests.add(request);
        return rows.keySet().stream().filter(request.range()::contains).count();
    }

    @Override
    public synchronized Scan scan(ScanRequest request) {
        awaitReach(request.asOf());
        requests.add(request);
        openScans++;
        var left = rows.entrySet().stream()
                .filter(row -> request.range().contains(row.getKey()))
                .limit(request.limit())
                .iterator();
        return new Scan() {
            @Override
            public boolean next(RowBatch batch) {
                batch.clear();
                synchronized (MemoryStorage.this) {
                    batches++;
                }
                while (batch.rows() < BATCH_ROWS && left.hasNext()) {
                    Map.Entry<byte[], byte[]> row = left.next();
                    int keyLength = request.withKeys() ? row.getKey().length : 0;
                    batch.add(row.getKey(), 0, keyLength, row.getValue(), 0, row.getValue().length);
                }
                return batch.rows() > 0;
            }

            @Override
            public void close() {
                synchronized (MemoryStorage.this) {
                    openScans--;
                }
            }
        };
    }

    /** The rows as one file each, behind a head. */
    @Override
    public synchronized Scan copy() {
        openScans++;
        var left = rows.entrySet().iterator();
        return new Scan() {
            private boolean begun;

            @Override
            public boolean next(RowBatch batch) {
                batch.clear();
                if (!begun) {
                    begun = true;
                    batch.add(new byte[0], 0, 0, new byte[] {7}, 0, 1);
                } else if (left.hasNext()) {
                    Map.Entry<byte[], byte[]> row = left.next();
                    batch.add(row.getKey(), 0, row.getKey().length, row.getValue(), 0, row.getValue().length);
                }
                return batch.rows() > 0;
            }

            @Override
            public void close() {
                synchronized (MemoryStorage.this) {
                    openScans--;
                }
            }
        };
    }

    synchronized int openScans() {
        return openScans;
    }

    synchronized int batches() {
        return batches;
    }

    @Override
    public FeedStart persistedPositions() {
        return new FeedStart(new long[] {3, 4});
    }
}
