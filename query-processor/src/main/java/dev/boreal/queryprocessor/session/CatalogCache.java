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
    private volatile Kept kept;

    /** A catalog, and a time as of which it was loaded: versions tell catalogs apart, but not which is newer. */
    private record Kept(long asOf, CatalogSnapshot catalog) {}

    CatalogCache(CatalogStore store, Storage storage) {
        this.store = store;
        this.storage = storage;
        storage.watch(versionKey);
        kept = new Kept(0, store.bootstrap());
    }

    /** Whether {@link #at} would be answered without loading; storage must have reached the snapshot. */
    boolean isCurrent(long snapshot) {
        return CatalogStore.version(storage.get(versionKey, snapshot))
                == kept.catalog().version();
    }

    CatalogSnapshot at(long snapshot) {
        long version = CatalogStore.version(storage.get(versionKey, snapshot));
        CatalogSnapshot known = kept.catalog();
        if (known.version() == version) {
            return known;
        }
        CatalogSnapshot loaded = store.load(storage, snapshot);
        keep(new Kept(snapshot, loaded));
        return loaded;
    }

    private synchronized void keep(Kept loaded) {
        if (loaded.asOf() > kept.asOf()) {
            kept = loaded;
        }
    }

    /** The newest catalog that anybody loaded. */
    CatalogSnapshot latest() {
        return kept.catalog();
    }
}
