package dev.boreal.queryprocessor.catalog;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.key.Keys;
import dev.boreal.contracts.read.RowBatch;
import dev.boreal.contracts.read.ScanRequest;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.transaction.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A transaction over a sorted map that is alone in the world. Marks copy everything. */
public final class InMemoryTransaction implements Transaction {
    private final dev.boreal.queryprocessor.transaction.DeferredChecks deferredChecks =
            new dev.boreal.queryprocessor.transaction.DeferredChecks();

    private TreeMap<byte[], byte[]> rows = new TreeMap<>(Keys::compare);
    private final List<byte[]> written = new ArrayList<>();
    private CatalogSnapshot catalog;
    private final List<TreeMap<byte[], byte[]>> markedRows = new ArrayList<>();
    private final List<CatalogSnapshot> markedCatalogs = new ArrayList<>();
    /** Strongest mode by key in hexadecimal. */
    public final Map<String, AccessMode> accesses = new HashMap<>();

    public final Map<Integer, AccessMode> tableVersions = new HashMap<>();
    public final List<KeyRange> purged = new ArrayList<>();

    public InMemoryTransaction(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    @Override
    public long snapshot() {
        return 1;
    }

    @Override
    public long id() {
        return 77;
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public boolean serializable() {
        return false;
    }

    @Override
    public CatalogSnapshot catalog() {
        return catalog;
    }

    @Override
    public void changeCatalog(CatalogSnapshot changed) {
        catalog = changed;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return rows.get(key);
    }

    @Override
    public Rows scan(ScanRequest request) {
        var pending = rows.entrySet().stream()
                .filter(row -> request.range().contains(row.getKey()))
                .iterator();
        return new Rows() {
            @Override
            public boolean next(RowBatch batch) {
                batch.clear();
                for (int i = 0; i < 3 && pending.hasNext(); i++) {
                    var row = pending.next();
                    batch.add(row.getKey(), 0, row.getKey().length, row.getValue(), 0, row.getValue().length);
                }
                return batch.rows() > 0;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public View view() {
        InMemoryTransaction then = new InMemoryTransaction(catalog);
        then.rows.putAll(rows);
        int from = written.size();
        return new View() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return then.get(key);
            }

            @Override
            public Rows scan(ScanRequest request) {
                return then.scan(request);
            }

            @Override
            public boolean isChanged(byte[] key) {
                return written.subList(from, written.size()).stream().anyMatch(k -> Arrays.equals(k, key));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void put(byte[] key, byte[] value) {
        written.add(key);
        rows.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
        written.add(key);
        rows.remove(key);
    }

    @Override
    public byte[] nextRowId() {
        return new byte[10];
    }

    @Override
    public void purge(KeyRange range) {
        purged.add(range);
    }

    @Override
    public void access(byte[] key, AccessMode mode, int tableOid) {
        accesses.merge(HexFormat.of().formatHex(key), mode, (a, b) -> a.compareTo(b) < 0 ? a : b);
    }

    @Override
    public void accessRange(KeyRange range, int tableOid) {}

    @Override
    public void accessTableVersion(int tableOid, AccessMode mode) {
        tableVersions.merge(tableOid, mode, (a, b) -> a.compareTo(b) < 0 ? a : b);
    }

    @Override
    public long mark() {
        int mark = markedRows.size();
        TreeMap<byte[], byte[]> copy = new TreeMap<>(Keys::compare);
        copy.putAll(rows);
        markedRows.add(copy);
        markedCatalogs.add(catalog);
        return mark;
    }

    @Override
    public dev.boreal.queryprocessor.transaction.DeferredChecks deferredChecks() {
        return deferredChecks;
    }

    @Override
    public void rollbackTo(long mark) {
        rows = markedRows.get((int) mark);
        catalog = markedCatalogs.get((int) mark);
    }
}
