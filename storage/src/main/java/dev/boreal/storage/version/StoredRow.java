package dev.boreal.storage.version;

/**
 * The stored value of a version: nothing for a tombstone, else the row with one byte of flags behind it. The byte tells
 * an empty row (an index entry has no fields) from a tombstone, and stands at the end so that the row starts at 0.
 */
public final class StoredRow {
    /** Bytes behind the row. */
    public static final int MARK_BYTES = 1;
    /** The flags of a row; other values are left for formats to come. */
    public static final byte ROW = 1;

    private StoredRow() {}

    public static boolean isTombstone(int storedLength) {
        return storedLength == 0;
    }
}
