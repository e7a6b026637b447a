package dev.boreal.queryprocessor.session;

import dev.boreal.queryprocessor.catalog.CatalogStore;
import dev.boreal.queryprocessor.catalog.system.BuiltinNames;
import dev.boreal.queryprocessor.catalog.system.SessionSource;
import dev.boreal.queryprocessor.catalog.system.SystemTables;
import dev.boreal.queryprocessor.type.ObjectNames;
import dev.boreal.queryprocessor.type.TypeRegistry;

/** What every database has from the beginning. */
final class SystemCatalog {
    private SystemCatalog() {}

    static CatalogStore store(SessionSource sessions) {
        return new CatalogStore(TypeRegistry::find, SystemTables.all(sessions));
    }

    static ObjectNames builtinNames() {
        return BuiltinNames.INSTANCE;
    }
}
