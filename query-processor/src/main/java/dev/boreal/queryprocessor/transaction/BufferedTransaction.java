package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.door.Adjudicator;
import dev.boreal.contracts.door.Storage;
import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.contracts.transaction.CommitOutcome;
import dev.boreal.contracts.transaction.CommitRequest;
import dev.boreal.contracts.transaction.TransactionRecord;
import dev.boreal.contracts.transaction.WriteKind;
import dev.boreal.contracts.transaction.WriteSet;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction over the doors of storage and adjudicator. Reads wait for storage to reach the snapshot; COMMIT is the
 * one message it ever sends. Not thread-safe.
 */
public final class BufferedTransaction implements Transaction, AutoCloseable {
    /** Storage id of table versions: {@code 2 | table oid}. Nothing is stored there, the keys only carry accesses. */
    private static final int TABLE_VERSIONS = 2;

    /** What else the journal takes, a tenure's records among it, waits behind a chunk. */
    private static final long CHUNK_BYTES = 1L << 20;

    private static final int SINGLE_RECORD_BYTES = 8 << 20;

    private final long id;
    private final long snapshot;
    private final Storage storage;
    private final boolean readOnly;
    private final boolean serializable;
    private final WriteBuffer buffer;
    private final AccessSet accesses = new AccessSet();
    private final List<KeyRange> purges = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final ReadCounters counters = new ReadCounters();
    private final EmptyStores emptyStores = new EmptyStores();
    private final DeferredChecks deferredChecks = new DeferredChecks();
    private Set<Integer> exclusiveTables = Set.of();
    private CatalogSnapshot catalog;
    private int rowIds;

    private record Mark(
            int undo,
            int points,
            int ranges,
            int purges,
            CatalogSnapshot catalog,
            Set<Integer> exclusiveTables,
            DeferredChecks.Mark deferred) {}

    /**
     * @param memoryBytes how much the write buffer holds before it spills
     * @param spillDirectory where to
     */
    public BufferedTransaction(
            long id,
            long snapshot,
            boolean readOnly,
            boolean serializable,
            CatalogSnapshot catalog,
            Storage storage,
            long memoryBytes,
            Path spillDirectory) {
        this.id = id;
        this.snapshot = snapshot;
        this.readOnly = readOnly;
        this.serializable = serializable;
        this.catalog = catalog;
        this.storage = storage;
        this.buffer = new WriteBuffer(memoryBytes, spillDirectory);
    }

    @Override
    public long snapshot() {
        return snapshot;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public boolean serializable() {
        return serializable;
    }

    @Override
    public CatalogSnapshot catalog() {
        return catalog;
    }

    @Override
    public void changeCatalog(CatalogSnapshot changed) {
        catalog = changed;
    }

    public ReadCounters counters() {
        return counters;
    }

    // Reads -----------------------------------------------------------------------------------------------------

    @Override
    public byte @Nullable [] get(byte[] key) {
        return get(key, WriteBuffer.NEWEST);
    }

    private byte @Nullable [] get(byte[] key, int asOf) {
        if (!buffer.isEmpty()) {
            byte[] own = buffer.find(key, asOf);
            if (own != null) {
                return WriteBuffer.isTombstone(own) ? null : own;
            }
        }
        if (emptyStores.contains(key)) {
            return null;
        }
        counters.request();
        byte[] stored = storage.get(key, snapshot);
        if (stored != null) {
            counters.received(1, stored.length);
        } else if (emptyStores.missed(key)) {
            emptyStores.decide(key, isEmpty(KeyRange.ofPrefix(Arrays.copyOf(key, Integer.BYTES))));
        }
        return stored;
    }

    /** Whether nothing is stored in a range as of the snapshot; own writes do not count. */
    private boolean isEmpty(KeyRange range) {
        counters.request();
        RowBatch batch = new RowBatch();
        try (Storage.Scan scan = storage.scan(new ScanRequest(snapshot, range, false, null, null, true, 1))) {
            boolean more = true;
            while (more && batch.rows() == 0) {
                more = scan.next(batch);
            }
        }
        counters.received(batch.rows(), batch.bytes());
        return batch.rows() == 0;
    }

    @Override
    public Rows scan(ScanRequest request) {
        return scan(request, WriteBuffer.NEWEST);
    }

    private Rows scan(ScanRequest request, int asOf) {
        counters.request();
        ScanRequest atSnapshot = new ScanRequest(
                snapshot,
                request.range(),
                request.reverse(),
                request.filter(),
                request.projection(),
                request.withKeys(),
                request.limit());
        if (buffer.isEmpty() || !buffer.anyIn(request.range())) {
            return new StoredRows(storage.scan(atSnapshot));
        }
        return new OverlayScan(atSnapshot, storage, buffer.iterate(atSnapshot.range(), atSnapshot.reverse(), asOf));
    }

    private final class StoredRows implements Rows {
        private final Storage.Scan scan;

        StoredRows(Storage.Scan scan) {
            this.scan = scan;
        }

        @Override
        public boolean next(RowBatch batch) {
            boolean more = scan.next(batch);
            counters.received(batch.rows(), batch.bytes());
            return more;
        }

        @Override
        public void close() {
            scan.close();
        }
    }

    @Override
    public View view() {
        return new BufferView(buffer.openView());
    }

    private final class BufferView implements View {
        private final int moment;

        BufferView(int moment) {
            this.moment = moment;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return BufferedTransaction.this.get(key, moment);
        }

        @Override
        public Rows scan(ScanRequest request) {
            return BufferedTransaction.this.scan(request, moment);
        }

        @Override
        public boolean isChanged(byte[] key) {
            return buffer.writtenSince(key, moment);
        }

        @Override
        public void close() {
            buffer.closeView(moment);
        }
    }

    /** Whether COMMIT must ask the adjudicator. */
    public boolean hasEffects() {
        return !buffer.isEmpty() || !purges.isEmpty() || accesses.size() > 0;
    }

    // Writes ----------------------------------------------------------------------------------------------------

    @Override
    public void put(byte[] key, byte[] value) {
        buffer.write(key, value);
    }

    @Override
    public void delete(byte[] key) {
        buffer.write(key, WriteBuffer.TOMBSTONE);
    }

    @Override
    public byte[] nextRowId() {
        return java.nio.ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(id)
                .putInt(rowIds++)
                .array();
    }

    @Override
    public void purge(KeyRange range) {
        purges.add(range);
    }

    @Override
    public void access(byte[] key, AccessMode mode, int tableOid) {
        if (exclusiveTables.isEmpty() || !exclusiveTables.contains(tableOid)) {
            accesses.add(key, mode, tableOid);
        }
    }

    @Override
    public void accessRange(KeyRange range, int tableOid) {
        if (serializable && !exclusiveTables.contains(tableOid)) {
            accesses.addRange(range, tableOid);
        }
    }

    @Override
    public void accessTableVersion(int tableOid, AccessMode mode) {
        accesses.add(tableVersionKey(tableOid), mode, tableOid);
        if (mode == AccessMode.KEY_WRITE && !exclusiveTables.contains(tableOid)) {
            Set<Integer> more = new HashSet<>(exclusiveTables);
            more.add(tableOid);
            exclusiveTables = more;
        }
    }

    static byte[] tableVersionKey(int tableOid) {
        return java.nio.ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(TABLE_VERSIONS)
                .putInt(tableOid)
                .array();
    }

    @Override
    public DeferredChecks deferredChecks() {
        return deferredChecks;
    }

    // Savepoints ------------------------------------------------------------------------------------------------

    @Override
    public long mark() {
        marks.add(new Mark(
                buffer.mark(),
                accesses.size(),
                accesses.ranges(),
                purges.size(),
                catalog,
                exclusiveTables,
                deferredChecks.mark()));
        return marks.size() - 1L;
    }

    @Override
    public void rollbackTo(long mark) {
        Mark target = marks.get((int) mark);
        buffer.rollbackTo(target.undo());
        accesses.truncate(target.points(), target.ranges());
        purges.subList(target.purges(), purges.size()).clear();
        catalog = target.catalog();
        exclusiveTables = target.exclusiveTables();
        deferredChecks.rollbackTo(target.deferred());
        marks.subList((int) mark + 1, marks.size()).clear();
    }

    // Commit ----------------------------------------------------------------------------------------------------

    /** Where a conflict's access stands: for its report. */
    public record AccessedKey(int tableOid, byte @Nullable [] key) {}

    /** The key behind {@link dev.boreal.contracts.transaction.Conflict#accessIndex()}. */
    public AccessedKey accessedKey(int index) {
        return new AccessedKey(accesses.tableOf(index), accesses.keyOf(index));
    }

    /** The table behind {@link dev.boreal.contracts.transaction.Conflict#rangeIndex()}. */
    public int tableOfRange(int index) {
        return accesses.tableOfRange(index);
    }

    /**
     * Asks the adjudicator, sending a large transaction's writes ahead in chunks. Blocks. The transaction must have
     * {@link #hasEffects effects}, and is over afterwards whatever the answer; only {@link #close} remains.
     */
    public CommitOutcome commit(Adjudicator adjudicator, String session, String region) {
        Iterator<Map.Entry<byte[], byte[]>> writes = buffer.iterate(KeyRange.ALL, false);
        boolean chunked = buffer.spilled() || buffer.totalBytes() > SINGLE_RECORD_BYTES;
        List<Long> chunks = new ArrayList<>();
        WriteSet.Builder set =
                new WriteSet.Builder((int) Math.min(buffer.totalBytes() + 256, CHUNK_BYTES + (CHUNK_BYTES >> 2)));
        while (writes.hasNext()) {
            Map.Entry<byte[], byte[]> write = writes.next();
            byte[] key = write.getKey();
            byte[] value = write.getValue();
            WriteKind kind = WriteBuffer.isTombstone(value) ? WriteKind.DELETE : WriteKind.PUT;
            set.add(kind, key, 0, key.length, value, 0, value.length);
            if (chunked && set.length() >= CHUNK_BYTES) {
                switch (adjudicator.stage(id, set.build())) {
                    case Adjudicator.StageOutcome.Staged(long position) -> chunks.add(position);
                    case Adjudicator.StageOutcome.Refused(CommitOutcome.RefusalReason reason, String message) -> {
                        return new CommitOutcome.Refused(reason, message);
                    }
                }
                set.reset();
            }
        }
        for (KeyRange range : purges) {
            set.purge(range.from(), range.to());
        }
        long[] positions = chunks.stream().mapToLong(Long::longValue).toArray();
        TransactionRecord record = TransactionRecord.commit(id, session, positions, set.build());
        return adjudicator.commit(new CommitRequest(id, session, region, snapshot, accesses.build(), record, 0));
    }

    @Override
    public void close() {
        buffer.close();
    }
}
