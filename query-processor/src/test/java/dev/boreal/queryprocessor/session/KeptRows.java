package dev.boreal.queryprocessor.session;

import dev.boreal.clock.ManualClock;
import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.feed.FeedStart;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.Conflict;
import dev.boreal.contracts.transaction.WriteKind;
import dev.boreal.contracts.transaction.WriteSet;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Storage and adjudicator in one map, for transactions that read and write single keys: every version of every key, and
 * the first to commit a key wins. Commits move the clock on by as little as they need.
 */
final class KeptRows implements Storage, Adjudicator {
    private final ManualClock clock;
    private final Map<byte[], TreeMap<Long, byte[]>> versions = new TreeMap<>(Arrays::compareUnsigned);

    KeptRows(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void commit(CommitRequest request, CommitListener listener) {
        listener.onOutcome(decide(request));
    }

    private CommitOutcome decide(CommitRequest request) {
        WriteSet.Cursor writes = request.record().writes().cursor();
        while (writes.advance()) {
            TreeMap<Long, byte[]> known = versions.get(writes.key());
            if (known != null && known.lastKey() > request.snapshot()) {
                return new CommitOutcome.Conflicted(new Conflict(
                        0,
                        -1,
                        AccessMode.KEY_WRITE,
                        AccessMode.KEY_WRITE,
                        0,
                        known.lastKey(),
                        "",
                        "",
                        request.snapshot(),
                        "kept rows"));
            }
        }
        clock.advance(1);
        long timestamp = clock.latest();
        writes = request.record().writes().cursor();
        while (writes.advance()) {
            byte[] value = writes.kind() == WriteKind.PUT ? writes.value() : new byte[0];
            versions.computeIfAbsent(writes.key(), key -> new TreeMap<>()).put(timestamp, value);
        }
        return new CommitOutcome.Committed(timestamp);
    }

    @Override
    public synchronized byte @Nullable [] get(byte[] key, long asOf) {
        TreeMap<Long, byte[]> known = versions.get(key);
        Map.Entry<Long, byte[]> newest = known == null ? null : known.floorEntry(asOf);
        return newest == null || newest.getValue().length == 0 ? null : newest.getValue();
    }

    @Override
    public byte[] @Nullable [] getAll(byte[][] keys, long asOf) {
        byte[] @Nullable [] rows = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            rows[i] = get(keys[i], asOf);
        }
        return rows;
    }

    @Override
    public boolean tryReach(long asOf) {
        return true;
    }

    @Override
    public void awaitReach(long asOf) {}

    @Override
    public long count(ScanRequest request) {
        throw new UnsupportedOperationException("single keys only");
    }

    @Override
    public Scan scan(ScanRequest request) {
        throw new UnsupportedOperationException("single keys only");
    }

    @Override
    public StageOutcome stage(long transactionId, WriteSet writes) {
        throw new UnsupportedOperationException("small transactions only");
    }

    @Override
    public FeedStart persistedPositions() {
        throw new UnsupportedOperationException("nothing is on disk here");
    }
}
