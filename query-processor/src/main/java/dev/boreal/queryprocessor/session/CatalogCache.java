package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.Storage;
import dev.boreal.queryprocessor.catalog.CatalogKeys;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.CatalogStore;

/**
 * The catalog as of a snapshot: kept, and loaded again when the version key has another value. Thread-safe.
 *
 * <p>Every transaction looks at the version key as of its own snapshot, so that it plans with exactly the definitions
 * that its reads see. An older snapshot than the kept one loads its own and leaves the kept one alone.
 */
final class CatalogCache {
    private final CatalogStore store;
    private final Storage storage;
    private final byte[] versionKey = CatalogKeys.version();
    private volatile CatalogSnapshot latest;

    CatalogCache(CatalogStore store, Storage storage) {
        this.store = store;
        this.storage = storage;
        latest = store.bootstrap();
    }

    /** Whether {@link #at} would be answered without loading; storage must have reached the snapshot. */
    boolean isCurrent(long snapshot) {
        return CatalogStore.version(storage.get(versionKey, snapshot)) == latest.version();
    }

    CatalogSnapshot at(long snapshot) {
        long version = CatalogStore.version(storage.get(versionKey, snapshot));
        CatalogSnapshot kept = latest;
        if (kept.version() == version) {
            return kept;
        }
        CatalogSnapshot loaded = store.load(storage, snapshot);
        if (Long.compareUnsigned(loaded.version(), kept.version()) > 0) {
            latest = loaded;
        }
        return loaded;
    }

    /** The newest catalog that anybody loaded. */
    CatalogSnapshot latest() {
        return latest;
    }
}
