package dev.boreal.storage.apply;

import dev.boreal.contracts.feed.FeedEntry;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.WriteKind;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.storage.cache.CommittedRows;
import dev.boreal.storage.trim.GarbageMap;
import dev.boreal.storage.trim.Purge;
import dev.boreal.storage.trim.Purges;
import dev.boreal.storage.version.VersionBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Applies the feed. Used by one thread at a time.
 *
 * <p>Entries are gathered into batches near a set size. A batch carries the positions of all entries that are complete
 * with it; since what survives a crash is a prefix of the batches, the positions that survive never cover a write that
 * did not. What is repeated behind them writes the same versions once more, or is recognised by its position and left
 * out. That matters: a version that was trimmed must not come back.
 *
 * <p>Order inside: the batch enters the store, then the cache is told of its writes; only when the call has returned may
 * the watermark rise above them.
 */
public final class Applier {
    private final BatchSink sink;
    private final CommittedRows cache;
    private final GarbageMap garbage;
    private final Purges purges;
    private final int batchBytes;
    private final VersionBatch batch;
    private long[] positions;
    private long bytesApplied;
    private long rowsApplied;

    /** Writes of the batch that the cache has not been told of, in parallel arrays. */
    private byte[][] toldBuffers = new byte[256][];

    private int[] toldSlots = new int[4 * 256];
    private long[] toldTimestamps = new long[256];
    private int told;

    public Applier(
            BatchSink sink,
            VersionBatch batch,
            CommittedRows cache,
            GarbageMap garbage,
            Purges purges,
            AppliedState state,
            int batchBytes) {
        this.sink = sink;
        this.batch = batch;
        this.cache = cache;
        this.garbage = garbage;
        this.purges = purges;
        this.batchBytes = batchBytes;
        this.positions = state.positions().clone();
    }

    /**
     * Applies entries in the order given. {@code watermark} is the present one: it is kept with the data, and an entry
     * at or below it, which upstream promised not to send, is refused with IllegalStateException. Throws
     * {@link dev.boreal.storage.DiskFailure}. After either nothing more must be applied.
     */
    public void apply(List<FeedEntry> entries, long watermark) {
        boolean moved = false;
        for (int i = 0; i < entries.size(); i++) {
            FeedEntry entry = entries.get(i);
            if (entry.position() <= position(entry.journal())) {
                continue;
            }
            if (entry.timestamp() <= watermark) {
                throw new IllegalStateException("entry at " + entry.timestamp() + " of journal " + entry.journal()
                        + ", position " + entry.position() + ", came after the watermark " + watermark);
            }
            applyWrites(entry);
            if (entry.last()) {
                setPosition(entry.journal(), entry.position());
                moved = true;
            }
        }
        if (moved) {
            batch.state(AppliedState.KEY, state(watermark).encode());
        }
        write();
    }

    /** Keeps a watermark that no entry came with. */
    public void keepWatermark(long watermark) {
        batch.state(AppliedState.KEY, state(watermark).encode());
        write();
    }

    public AppliedState state(long watermark) {
        return new AppliedState(watermark, positions.clone());
    }

    /** Bytes of batches written so far. */
    public long bytesApplied() {
        return bytesApplied;
    }

    public long rowsApplied() {
        return rowsApplied;
    }

    private void applyWrites(FeedEntry entry) {
        WriteSet.Cursor writes = entry.writes().cursor();
        long timestamp = entry.timestamp();
        while (writes.advance()) {
            if (writes.kind() == WriteKind.PURGE) {
                purge(new Purge(timestamp, new KeyRange(writes.key(), writes.value())));
                continue;
            }
            int valueLength = writes.kind() == WriteKind.DELETE ? -1 : writes.valueLength();
            batch.version(
                    writes.buffer(),
                    writes.keyOffset(),
                    writes.keyLength(),
                    writes.valueOffset(),
                    valueLength,
                    timestamp);
            tell(writes, valueLength, timestamp);
            if (batch.bytes() >= batchBytes) {
                write();
            }
        }
    }

    private void purge(Purge purge) {
        batch.state(purge.stateKey(), purge.encode());
        purges.add(purge);
    }

    private void tell(WriteSet.Cursor writes, int valueLength, long timestamp) {
        if (told == toldBuffers.length) {
            toldBuffers = Arrays.copyOf(toldBuffers, 2 * told);
            toldSlots = Arrays.copyOf(toldSlots, 8 * told);
            toldTimestamps = Arrays.copyOf(toldTimestamps, 2 * told);
        }
        toldBuffers[told] = writes.buffer();
        toldSlots[4 * told] = writes.keyOffset();
        toldSlots[4 * told + 1] = writes.keyLength();
        toldSlots[4 * told + 2] = writes.valueOffset();
        toldSlots[4 * told + 3] = valueLength;
        toldTimestamps[told] = timestamp;
        told++;
    }

    private void write() {
        if (batch.isEmpty()) {
            return;
        }
        sink.write(batch);
        bytesApplied += batch.bytes();
        rowsApplied += told;
        for (int i = 0; i < told; i++) {
            cache.written(
                    toldBuffers[i],
                    toldSlots[4 * i],
                    toldSlots[4 * i + 1],
                    toldSlots[4 * i + 2],
                    toldSlots[4 * i + 3],
                    toldTimestamps[i]);
        }
        garbage.written(toldBuffers, toldSlots, toldTimestamps, told);
        Arrays.fill(toldBuffers, 0, told, null);
        told = 0;
        batch.clear();
    }

    private long position(int journal) {
        return journal < positions.length ? positions[journal] : 0;
    }

    private void setPosition(int journal, long position) {
        if (journal >= positions.length) {
            positions = Arrays.copyOf(positions, journal + 1);
        }
        positions[journal] = position;
    }
}
