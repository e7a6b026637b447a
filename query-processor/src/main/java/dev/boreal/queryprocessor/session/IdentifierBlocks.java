package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.CatalogKeys;
import dev.boreal.queryprocessor.catalog.IdentifierSource;
import java.nio.ByteBuffer;

/** Takes oids and storage ids from the database's counters, a block at a time. Thread-safe. */
final class IdentifierBlocks implements IdentifierSource {
    private static final int BLOCK = 64;

    private final SmallTransactions transactions;
    private final Counter oids = new Counter(CatalogKeys.oidCounter(), CatalogKeys.FIRST_USER_OID);
    private final Counter storageIds = new Counter(CatalogKeys.storageIdCounter(), CatalogKeys.FIRST_USER_STORAGE_ID);

    IdentifierBlocks(SmallTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public int nextOid() {
        return oids.next();
    }

    @Override
    public int nextStorageId() {
        return storageIds.next();
    }

    private final class Counter {
        private final byte[] key;
        private final int first;
        private int next;
        private int end;

        Counter(byte[] key, int first) {
            this.key = key;
            this.first = first;
        }

        synchronized int next() {
            if (next == end) {
                next = transactions.run("taking identifiers", transaction -> {
                    byte[] stored = transaction.get(key);
                    int from = stored == null ? first : ByteBuffer.wrap(stored).getInt();
                    transaction.access(key, AccessMode.WRITE, 0);
                    transaction.put(
                            key,
                            ByteBuffer.allocate(Integer.BYTES)
                                    .putInt(from + BLOCK)
                                    .array());
                    return from;
                });
                end = next + BLOCK;
            }
            return next++;
        }
    }
}
