package dev.boreal.queryprocessor.catalog;

import org.jspecify.annotations.Nullable;

/** A namespace. */
public record Schema(
        int oid, String name, int ownerOid, @Nullable String comment) {
    public static final int PG_CATALOG = 11;
    public static final int PUBLIC = 2200;
    public static final int INFORMATION_SCHEMA = 13207;
}
