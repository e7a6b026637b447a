package dev.boreal.contracts.transaction;

/** What one write of a {@link WriteSet} does. */
public enum WriteKind {
    /** The value is the key's post-image. */
    PUT,
    /** The key is gone: a tombstone. */
    DELETE,
    /**
     * No transaction that starts later reads any key from {@code key} (inclusive) to {@code value} (exclusive):
     * storage may remove every version in the range once the trim horizon has passed this transaction. Visibility
     * does not change. Dropped and rewritten tables are given back this way.
     */
    PURGE;

    private static final WriteKind[] BY_CODE = values();

    public static WriteKind ofCode(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("unknown kind of write " + code);
        }
        return BY_CODE[code];
    }
}
