package dev.boreal.queryprocessor.catalog;

/**
 * Gives out numbers that were never given out before. They are taken from the counters of {@link CatalogKeys} in blocks,
 * each by a small transaction of its own: a rolled back statement leaves a gap.
 */
public interface IdentifierSource {

    /** From {@link CatalogKeys#FIRST_USER_OID}. */
    int nextOid();

    /** From {@link CatalogKeys#FIRST_USER_STORAGE_ID}. */
    int nextStorageId();
}
