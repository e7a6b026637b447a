package dev.boreal.queryprocessor.transaction;

import dev.boreal.contracts.key.KeyRange;
import dev.boreal.contracts.transaction.AccessMode;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;

/**
 * One transaction as executor and DDL see it: reads as of its snapshot overlaid with its own writes, buffered writes,
 * accesses that the adjudicator will check, and savepoints as marks. One thread at a time.
 */
public interface Transaction extends Reads {

    /** {@code t_start}: nanoseconds since the Unix epoch. */
    long snapshot();

    long id();

    boolean readOnly();

    boolean serializable();

    // Catalog ---------------------------------------------------------------------------------------------------

    /** The catalog with this transaction's own DDL applied. */
    CatalogSnapshot catalog();

    /** Replaces the catalog as this transaction sees it, after DDL buffered the rows that make it so. */
    void changeCatalog(CatalogSnapshot changed);

    // Reads -----------------------------------------------------------------------------------------------------

    /**
     * The transaction as it is now: what a statement or a cursor reads, whatever is written after. To be closed as soon as
     * nobody reads from it, since until then everything is kept that is written over.
     */
    View view();

    /** The transaction as it was at one moment. */
    interface View extends Reads, AutoCloseable {
        /** Whether a key was written since. */
        boolean isChanged(byte[] key);

        @Override
        void close();
    }

    // Writes ----------------------------------------------------------------------------------------------------

    /** Buffers a post-image. Both arrays are given away. Access is separate: see {@link #access}. */
    void put(byte[] key, byte[] value);

    /** Buffers a tombstone. */
    void delete(byte[] key);

    /** A row id that no other row has: {@code transaction id (8 bytes) | count (4 bytes)}. Needs no access. */
    byte[] nextRowId();

    /** Gives back a whole range of keys that nobody will read again: dropped or rewritten storage. */
    void purge(KeyRange range);

    /** Claims a key; a stronger mode on the same key wins. {@code table} names it in a conflict. */
    void access(byte[] key, AccessMode mode, int tableOid);

    /** Claims a range read under SERIALIZABLE. */
    void accessRange(KeyRange range, int tableOid);

    /**
     * Claims the version of a table: KEY_SHARE before any write of it, KEY_WRITE before DDL on it. After a KEY_WRITE the
     * accesses to single rows of that table need not be remembered, since nobody else can write it meanwhile.
     */
    void accessTableVersion(int tableOid, AccessMode mode);

    /** Checks that wait for the end of this transaction. */
    DeferredChecks deferredChecks();

    // Savepoints ------------------------------------------------------------------------------------------------

    /** A mark in the buffer; rolling back to it undoes every write, access and catalog change after it. */
    long mark();

    void rollbackTo(long mark);
}
